// The execution models `loop` and `pool`: N event loops, each on its own thread with its own
// connections; with `pool`, worker threads run the handlers for them.
//
// On Linux each loop accepts for itself (SO_REUSEPORT spreads connections); elsewhere, and on a
// Unix socket, the first accepts and hands them round. See server.h for who may call what.
#pragma once
#include <memory>
#include <vector>

#include "server/runtime/event_loop.h"
#include "server/runtime/server.h"
#include "server/runtime/worker_pool.h"

namespace assay::runtime {

class LoopServer final : public Server {
 public:
  LoopServer(const Settings& settings, const Listeners& listeners, wire::Handler& handler);
  // One loop, for one of several processes: it has `listener` of them for itself.
  LoopServer(const Settings& settings, const Listeners& listeners, wire::Handler& handler,
             std::size_t listener);
  using Server::serve;
  void serve(const std::function<void()>& ready) override;
  void stop() override;
  // Likewise, but its listeners, and who waits there, are another's: of a process of several that
  // ends alone.
  void leave();

 private:
  void make_loops(const Listeners& listeners, wire::Handler& handler);
  void share_listeners(const Listeners& listeners);
  EventLoop::Time end() const;  // of what begins to end now

  const Settings& settings_;
  std::unique_ptr<WorkerPool> workers_;  // after the loops: their work refers to sessions
  std::vector<std::unique_ptr<EventLoop>> loops_;
  std::size_t accepting_ = 0;  // the first so many of them
};

}  // namespace assay::runtime
