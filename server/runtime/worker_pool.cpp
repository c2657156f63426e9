#include "server/runtime/worker_pool.h"

#include <exception>
#include <memory>

#include <fmt/format.h>

#include "server/runtime/start_error.h"

namespace assay::runtime {

WorkerPool::WorkerPool(std::size_t threads, wire::Handler& handler) : handler_(handler) {
  try {
    while (threads_.size() < threads) {
      // Made here: a thread that finds no room could tell nobody.
      threads_.emplace_back([this, space = std::make_unique<Workspace>()] { serve(*space); });
    }
  } catch (const std::exception& failure) {  // of threads, or of memory
    end();
    throw StartError(
        fmt::format("cannot start {} workers: {}; ask for fewer with --workers, or "
                    "raise the limit (ulimit -u)",
                    threads, failure.what()));
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

void WorkerPool::run(Session& session) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push(session);
  }
  more_.notify_one();
}

void WorkerPool::serve(Workspace& space) {
  constexpr int batch = 64;  // what a thread holds must not grow old where work never ends
  int done = 0;              // since it told that it may wait
  std::unique_lock lock(mutex_);
  for (;;) {
    if (done == batch || (done > 0 && waiting_.empty())) {
      lock.unlock();
      handler_.before_wait();
      lock.lock();
      done = 0;
    }
    more_.wait(lock, [this] { return over_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    Session& session = waiting_.pop();
    lock.unlock();
    session.work_for(space);
    lock.lock();
    ++done;
  }
}

}  // namespace assay::runtime
