#include "harness/lab/server_sampler.h"

#include "harness/lab/host.h"

namespace assay::lab {

ServerSampler::ServerSampler(pid_t group, std::chrono::nanoseconds warm_up,
                             std::optional<std::chrono::nanoseconds> measure)
    // Read here too: without a warm-up a load may be over before the thread runs.
    : first_(reading_of(group)), thread_([this, group, begin = first_.time + warm_up, measure] {
        sample(group, begin, measure ? std::optional(begin + *measure) : std::nullopt);
      }) {}

ServerSampler::~ServerSampler() {
  become(State::called_off);
  if (thread_.joinable()) thread_.join();
}

ServerSampler::Reading ServerSampler::reading_of(pid_t group) {
  return {Clock::now(), cpu_seconds_of_group(group)};
}

ServerUse ServerSampler::wait() {
  thread_.join();
  return use_;
}

ServerUse ServerSampler::end() {
  become(State::ended);
  return wait();
}

void ServerSampler::become(State state) {
  {
    const std::lock_guard lock(mutex_);
    state_ = state;
  }
  wakes_.notify_all();
}

ServerSampler::State ServerSampler::state_at(std::optional<Clock::time_point> time) {
  std::unique_lock lock(mutex_);
  const auto has_changed = [this] { return state_ != State::sampling; };
  if (time) {
    wakes_.wait_until(lock, *time, has_changed);
  } else {
    wakes_.wait(lock, has_changed);
  }
  return state_;
}

// The share is over the time between the two readings, so that a late wake-up does not distort it;
// of a window of known length both end before the load does.
void ServerSampler::sample(pid_t group, Clock::time_point begin,
                           std::optional<Clock::time_point> end) {
  if (begin > first_.time) {
    if (state_at(begin) != State::sampling) return;
    first_ = reading_of(group);
  }
  if (state_at(end) == State::called_off) return;
  const Reading last = reading_of(group);
  use_.cpu_s = last.cpu_s - first_.cpu_s;
  use_.cpu_share = use_.cpu_s / std::chrono::duration<double>(last.time - first_.time).count();
  use_.memory_bytes = memory_bytes_of_group(group);
}

}  // namespace assay::lab
