// Threads that run handlers, so that an event loop never waits for one: the model `pool`.
//
// `run` may be called from any thread. Work begins in the order in which it was given. A thread
// that finds no more, and now and then one that always does, tells the handler that it may wait.
// The destructor ends the threads when all of it is done.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "server/runtime/workspace.h"
#include "server/wire/connection.h"

namespace assay::runtime {

class WorkerPool {
 public:
  using Work = std::function<void(Workspace&)>;

  WorkerPool(std::size_t threads, wire::Handler& handler);  // throws StartError
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void run(Work work);

 private:
  void serve();
  void end();

  wire::Handler& handler_;
  std::mutex mutex_;  // guards work_, over_
  std::condition_variable more_;
  std::deque<Work> work_;
  bool over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace assay::runtime
