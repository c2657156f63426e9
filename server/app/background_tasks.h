// Work that is done after the reply has been handed over: mails, caches, counters.
//
// Any thread may call it. Bounded: what does not fit is refused at once, where the caller can still
// say so. `drain` waits for what was accepted.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string_view>

#include "server/app/executor.h"

namespace assay {

class BackgroundTasks {
 public:
  using Task = std::function<void()>;
  using OnBug = std::function<void(std::string_view)>;

  explicit BackgroundTasks(Executor& executor) : executor_(executor) {}

  // At most so many that are accepted and not yet done; 1,024 at first.
  void set_limit(std::size_t limit);
  // Keeps a place for a task of this request; false: there is none. Each is used by `run` or given
  // back by `release`.
  bool reserve();
  void release();
  // REQUIRES: a place was reserved; it is given back when the task is done, or dropped, or this
  // throws. What the task throws goes to `on_bug`.
  void run(Task task, OnBug on_bug);
  // Whether all that was accepted is done before the time is up.
  bool drain(std::chrono::milliseconds limit);

 private:
  Executor& executor_;
  std::mutex mutex_;  // guards limit_, accepted_
  std::condition_variable done_;
  std::size_t limit_ = 1024;
  std::size_t accepted_ = 0;
};

}  // namespace assay
