#include "server/app/executor.h"

#include <system_error>
#include <tuple>
#include <utility>

namespace assay {

// While it stops, nothing more is taken: it would be dropped all the same, and a thread that began
// now would be nobody's. A thread that cannot begin is told before anything waits for it.
bool Executor::takes_more() {
  if (stopping_) return false;
  if (!resumer_.joinable()) resumer_ = std::thread([this] { resume(); });
  return true;
}

void Executor::post(Work work) {
  const std::lock_guard lock(mutex_);
  if (!takes_more()) return;
  soon_.push_back(std::move(work));
  resumer_wanted_.notify_one();
}

void Executor::post_at(Clock::time_point when, Work work) {
  const std::lock_guard lock(mutex_);
  if (!takes_more()) return;
  timed_.emplace(when, std::move(work));
  resumer_wanted_.notify_one();
}

void Executor::post_blocking(Work work) {
  const std::lock_guard lock(mutex_);
  if (!takes_more()) return;  // begins the thread that a worker needs to say that it is done
  if (idle_workers_ <= blocking_.size() && workers_.size() < most_workers_) add_worker();
  blocking_.push_back(std::move(work));
  worker_wanted_.notify_one();
}

// Where there are some already, want of one more only makes others wait.
void Executor::add_worker() {
  try {
    workers_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    if (workers_.empty()) throw;
  }
}

void Executor::resume() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!timed_.empty() && timed_.begin()->first <= Clock::now()) {
      soon_.push_back(std::move(timed_.begin()->second));
      timed_.erase(timed_.begin());
    } else if (!soon_.empty()) {
      Work work = std::move(soon_.front());
      soon_.pop_front();
      lock.unlock();
      work();
      work = nullptr;  // what it held is let go without the lock
      lock.lock();
    } else if (!timed_.empty()) {
      resumer_wanted_.wait_until(lock, timed_.begin()->first);
    } else {
      resumer_wanted_.wait(lock);
    }
  }
}

void Executor::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (blocking_.empty()) {
      ++idle_workers_;
      worker_wanted_.wait(lock, [this] { return stopping_ || !blocking_.empty(); });
      --idle_workers_;
      continue;
    }
    Work work = std::move(blocking_.front());
    blocking_.pop_front();
    lock.unlock();
    work();
    work = nullptr;
    lock.lock();
  }
}

void Executor::stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  resumer_wanted_.notify_all();
  worker_wanted_.notify_all();
  std::thread resumer = std::move(resumer_);
  std::vector<std::thread> workers = std::exchange(workers_, {});
  lock.unlock();
  if (resumer.joinable()) resumer.join();
  for (std::thread& worker : workers) worker.join();
  lock.lock();
  const auto dropped = std::make_tuple(std::exchange(timed_, {}), std::exchange(soon_, {}),
                                       std::exchange(blocking_, {}));
  stopping_ = false;
  lock.unlock();
}

}  // namespace assay
