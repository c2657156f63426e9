// A wish to end early, as Ctrl-C makes it. May be asked for from any thread and from a signal
// handler; loops look at it at least a hundred times a second.
#pragma once

#include <atomic>

namespace assay::load {

class Stop {
 public:
  void request() noexcept { requested_.store(true, std::memory_order_relaxed); }
  bool requested() const noexcept { return requested_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> requested_{false};
  static_assert(std::atomic<bool>::is_always_lock_free);
};

}  // namespace assay::load
