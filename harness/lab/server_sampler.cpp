#include "harness/lab/server_sampler.h"

#include "harness/lab/host.h"

namespace assay::lab {

ServerSampler::ServerSampler(pid_t group, std::chrono::nanoseconds warm_up,
                             std::chrono::nanoseconds measure)
    : thread_([this, group, begin = Clock::now() + warm_up, measure] {
        sample(group, begin, begin + measure);
      }) {}

ServerSampler::~ServerSampler() {
  {
    const std::lock_guard lock(mutex_);
    called_off_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
}

ServerUse ServerSampler::wait() {
  thread_.join();
  return use_;
}

bool ServerSampler::sleep_until(Clock::time_point time) {
  std::unique_lock lock(mutex_);
  return !wakes_.wait_until(lock, time, [this] { return called_off_; });
}

// The share is over the time between the two readings, so that a late wake-up does not distort it;
// both end before the load does.
void ServerSampler::sample(pid_t group, Clock::time_point begin, Clock::time_point end) {
  if (!sleep_until(begin)) return;
  const auto from = Clock::now();
  const double before = cpu_seconds_of_group(group);
  if (!sleep_until(end)) return;
  const auto to = Clock::now();
  const double after = cpu_seconds_of_group(group);
  use_.cpu_share = (after - before) / std::chrono::duration<double>(to - from).count();
  use_.memory_bytes = memory_bytes_of_group(group);
}

}  // namespace assay::lab
