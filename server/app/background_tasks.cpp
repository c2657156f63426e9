#include "server/app/background_tasks.h"

#include <exception>
#include <memory>
#include <utility>

namespace assay {

void BackgroundTasks::set_limit(std::size_t limit) {
  const std::lock_guard lock(mutex_);
  limit_ = limit;
}

bool BackgroundTasks::reserve() {
  const std::lock_guard lock(mutex_);
  if (accepted_ >= limit_) return false;
  ++accepted_;
  return true;
}

void BackgroundTasks::release() {
  const std::lock_guard lock(mutex_);
  --accepted_;
  done_.notify_all();
}

void BackgroundTasks::run(Task task, OnBug on_bug) {
  // Its place is given back when the task is gone, done or dropped.
  std::shared_ptr<void> place(nullptr, [this](void*) { release(); });
  executor_.post_blocking(
      [place = std::move(place), task = std::move(task), on_bug = std::move(on_bug)] {
        try {
          task();
        } catch (const std::exception& bug) {
          on_bug(bug.what());
        } catch (...) {
          on_bug("threw what is no std::exception");
        }
      });
}

bool BackgroundTasks::drain(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return done_.wait_for(lock, limit, [this] { return accepted_ == 0; });
}

}  // namespace assay
