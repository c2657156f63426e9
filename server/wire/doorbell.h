// Wakes the one thread that waits for a reply made elsewhere.
//
// Shared between that thread and whoever rings, once: either may be gone before the other. Rung
// before anybody waits, it is heard all the same.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace assay::wire {

class Doorbell {
 public:
  void ring() {
    const std::lock_guard lock(mutex_);
    rung_ = true;
    heard_.notify_one();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    heard_.wait(lock, [this] { return rung_; });
  }
  bool rings_within(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return heard_.wait_for(lock, limit, [this] { return rung_; });
  }

 private:
  std::mutex mutex_;  // guards rung_
  std::condition_variable heard_;
  bool rung_ = false;
};

}  // namespace assay::wire
