#include "server/app/executor.h"

#include <system_error>
#include <tuple>
#include <utility>

namespace assay {
namespace {

constexpr int batch = 64;  // what a thread holds must not grow old where work never ends

}  // namespace

// A thread that cannot begin is told before anything waits for it.
bool Executor::takes_more() {
  if (stopped_) return false;
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

// Without the lock; what the work held is let go without it, too.
void Executor::do_one(std::deque<Work>& works, std::unique_lock<std::mutex>& lock) {
  Work work = std::move(works.front());
  works.pop_front();
  lock.unlock();
  work();
  work = nullptr;
  lock.lock();
}

void Executor::rest(int& done, std::unique_lock<std::mutex>& lock) const {
  lock.unlock();
  before_wait_();
  lock.lock();
  done = 0;
}

void Executor::resume() {
  int done = 0;
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const bool is_due = !timed_.empty() && timed_.begin()->first <= Clock::now();
    if (is_due) {
      soon_.push_back(std::move(timed_.begin()->second));
      timed_.erase(timed_.begin());
    } else if (done == batch || (done > 0 && soon_.empty())) {
      rest(done, lock);
    } else if (!soon_.empty()) {
      do_one(soon_, lock);
      ++done;
    } else if (!timed_.empty()) {
      resumer_wanted_.wait_until(lock, timed_.begin()->first);
    } else {
      resumer_wanted_.wait(lock);
    }
  }
  rest(done, lock);
}

void Executor::work() {
  int done = 0;
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    if (done == batch || (done > 0 && blocking_.empty())) {
      rest(done, lock);
    } else if (!blocking_.empty()) {
      do_one(blocking_, lock);
      ++done;
    } else {
      ++idle_workers_;
      worker_wanted_.wait(lock, [this] { return stopped_ || !blocking_.empty(); });
      --idle_workers_;
    }
  }
  rest(done, lock);
}

void Executor::stop() {
  std::unique_lock lock(mutex_);
  stopped_ = true;
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
  lock.unlock();
}

void Executor::open() {
  const std::lock_guard lock(mutex_);
  stopped_ = false;
}

}  // namespace assay
