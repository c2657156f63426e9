// Threads that run handlers, so that an event loop never waits for one: the model `pool`.
//
// `run` may be called from any thread, and needs no memory. Sessions begin in the order in which
// they were given. A thread that finds no more, and now and then one that always does, tells the
// handler that it may wait. The destructor ends the threads when all of it is done.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

#include "server/runtime/session_queue.h"
#include "server/runtime/workspace.h"
#include "server/wire/connection.h"

namespace assay::runtime {

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, wire::Handler& handler);  // throws StartError
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void run(Session& session);  // calls its `work_for`

 private:
  void serve(Workspace& space);
  void end();

  wire::Handler& handler_;
  std::mutex mutex_;  // guards waiting_, over_
  std::condition_variable more_;
  SessionQueue waiting_;
  bool over_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace assay::runtime
