#include "harness/load/watch/pulse.h"

#include <algorithm>

#include "harness/load/socket/poller.h"

namespace assay::load {

nanoseconds late_within(TimePoint due, TimePoint woke, const Window& window) {
  const TimePoint begin = std::max(due, window.begin);
  const TimePoint end = std::min(woke, window.end);
  return begin < end ? end - begin : nanoseconds(0);
}

Pulse::Pulse() : thread_([this] { beat(); }) {}

Pulse::~Pulse() {
  if (thread_.joinable()) end();
}

void Pulse::watch(const Window& window) {
  const std::lock_guard lock(mutex_);
  window_ = window;
}

nanoseconds Pulse::end() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_all();
  thread_.join();
  return longest_;
}

void Pulse::beat() {
  Poller::wake_exactly();
  std::unique_lock lock(mutex_);
  TimePoint due = Clock::now() + interval;
  while (true) {
    ended_.wait_until(lock, due, [&] { return is_over_; });
    const TimePoint woke = Clock::now();
    longest_ = std::max(longest_, late_within(due, woke, window_));
    if (is_over_) return;
    due = std::max(due + interval, woke);
  }
}

}  // namespace assay::load
