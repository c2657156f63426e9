#include "harness/lab/host/server_sampler.h"

#include <unistd.h>

#include <algorithm>

#include "harness/lab/host/conditions.h"
#include "harness/lab/host/host.h"

namespace assay::lab {
namespace {

// Not oftener: the system walks all pages of the server for it, and stops it for that long.
constexpr auto memory_interval = std::chrono::milliseconds(500);

}  // namespace

ServerSampler::ServerSampler(pid_t group, Length measure) : group_(group), measure_(measure) {
  seen_.memory_idle_bytes = memory_bytes_of_group(group);
  thread_ = std::thread([this] { sample(); });
}

ServerSampler::ServerSampler(pid_t group, std::chrono::nanoseconds warm_up, Length measure)
    : group_(group), measure_(measure) {
  seen_.memory_idle_bytes = memory_bytes_of_group(group);
  // Read here: without a warm-up a load may be over before the thread runs.
  if (warm_up <= std::chrono::nanoseconds(0)) read_first();
  begin_ = Clock::now() + warm_up;
  thread_ = std::thread([this] { sample(); });
}

ServerSampler::~ServerSampler() {
  become(State::called_off);
  if (thread_.joinable()) thread_.join();
}

void ServerSampler::begin_at(Clock::time_point time) {
  {
    const std::lock_guard lock(mutex_);
    if (!begin_) begin_ = time;
  }
  wakes_.notify_all();
}

ServerUse ServerSampler::wait() {
  bool will_begin = false;
  {
    const std::lock_guard lock(mutex_);
    will_begin = begin_.has_value();
  }
  if (!will_begin) become(State::called_off);
  thread_.join();
  return use_;
}

ServerUse ServerSampler::end() {
  become(State::ended);
  thread_.join();
  return use_;
}

void ServerSampler::become(State state) {
  {
    const std::lock_guard lock(mutex_);
    state_ = state;
  }
  wakes_.notify_all();
}

std::optional<ServerSampler::Clock::time_point> ServerSampler::beginning() {
  std::optional<Clock::time_point> begin;
  {
    std::unique_lock lock(mutex_);
    wakes_.wait(lock, [this] { return begin_ || state_ != State::sampling; });
    begin = begin_;
  }
  if (!begin || first_) return begin;
  return state_at(*begin) == State::sampling ? begin : std::nullopt;
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

ServerSampler::State ServerSampler::await_end(std::optional<Clock::time_point> end) {
  for (auto next = Clock::now() + memory_interval; !end || next < *end;
       next = Clock::now() + memory_interval) {
    if (const State state = state_at(next); state != State::sampling) return state;
    read_memory();
  }
  return state_at(end);
}

void ServerSampler::read_memory() {
  use_.memory_bytes = memory_bytes_of_group(group_);
  seen_.memory_peak_bytes = std::max(seen_.memory_peak_bytes, use_.memory_bytes);
}

// The counters are read last at the beginning and first at the end, so that our own reading of the
// rest is outside the window.
void ServerSampler::read_first() {
  Reading& first = first_.emplace();
  first.group = group_state(group_);
  first.host = host_counters();
}

// The share is over the time between the two readings, so that a late wake-up does not distort it;
// of a window of known length both end before the load does.
void ServerSampler::read_last() {
  const HostCounters host = host_counters();
  use_.conditions = conditions_between(first_->host, host, {getpid(), group_});
  use_.cpu_s = cpu_seconds_of(host, group_) - cpu_seconds_of(first_->host, group_);
  use_.cpu_share = use_.cpu_s / use_.conditions->seconds;
  set_between(seen_, first_->group, group_state(group_));
  read_memory();
  use_.state = seen_;
}

void ServerSampler::sample() {
  const auto begin = beginning();
  if (!begin) return;
  if (!first_) read_first();
  const auto end = measure_ ? std::optional(*begin + *measure_) : std::nullopt;
  if (await_end(end) != State::called_off) read_last();
}

}  // namespace assay::lab
