// For tests: a thread that does what it is told, one thing after the other, while the test waits.
#pragma once
#include <functional>
#include <semaphore>
#include <thread>
#include <utility>

namespace assay::storage {

class OtherThread {
 public:
  OtherThread() : thread_([this] { work(); }) {}
  ~OtherThread() { end(); }
  OtherThread(const OtherThread&) = delete;
  OtherThread& operator=(const OtherThread&) = delete;

  void does(std::function<void()> act) {
    act_ = std::move(act);
    asked_.release();
    done_.acquire();
  }
  void end() {
    if (!thread_.joinable()) return;
    act_ = nullptr;
    asked_.release();
    thread_.join();
  }

 private:
  void work() {
    for (asked_.acquire(); act_; asked_.acquire()) {
      act_();
      done_.release();
    }
  }

  std::function<void()> act_;  // empty: it ends
  std::binary_semaphore asked_{0};
  std::binary_semaphore done_{0};
  std::thread thread_;
};

}  // namespace assay::storage
