#include "server/runtime/worker_pool.h"

#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "server/runtime/start_error.h"

namespace assay::runtime {

WorkerPool::WorkerPool(std::size_t threads) {
  try {
    while (threads_.size() < threads) threads_.emplace_back([this] { serve(); });
  } catch (const std::system_error& failure) {
    end();
    throw StartError(
        fmt::format("cannot start {} workers: {}; ask for fewer with --workers, or "
                    "raise the limit (ulimit -u)",
                    threads, failure.code().message()));
  }
}

WorkerPool::~WorkerPool() { end(); }

void WorkerPool::end() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  more_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void WorkerPool::run(Work work) {
  {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
  }
  more_.notify_one();
}

void WorkerPool::serve() {
  const auto space = std::make_unique<Workspace>();
  std::unique_lock lock(mutex_);
  for (;;) {
    more_.wait(lock, [this] { return over_ || !work_.empty(); });
    if (work_.empty()) return;
    const Work work = std::move(work_.front());
    work_.pop_front();
    lock.unlock();
    work(*space);
    lock.lock();
  }
}

}  // namespace assay::runtime
