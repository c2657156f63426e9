// The execution models `pinned`, where a worker thread has one connection until it closes, and
// `per_request`, the same with a close after each reply.
//
// Who finds all workers taken waits in the kernel's queue, unanswered and not refused. A connection
// that is kept open and asks for nothing takes a worker too, until the idle limit is over: it is so
// in Karak, whose behaviour this model is there to show. `stop` may be called from any thread, also
// more than once. After the drain limit the connections are cut off, but a handler is not: `serve`
// returns when the last one has.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

#include "server/runtime/blocking_acceptor.h"
#include "server/runtime/blocking_session.h"
#include "server/runtime/connection_register.h"
#include "server/runtime/server.h"

namespace assay::runtime {

class PinnedServer final : public Server {
 public:
  // Throws StartError. REQUIRES: the process ignores SIGPIPE.
  PinnedServer(const Settings& settings, const Listeners& listeners, wire::Handler& handler);

  using Server::serve;
  void serve(const std::function<void()>& ready) override;
  void stop() override { acceptor_.stop(); }

 private:
  std::vector<std::thread> start_workers();
  void work();
  void drain();

  const Settings& settings_;
  wire::Limits limits_;
  Service service_;
  std::size_t workers_;  // no more than there may be connections
  BlockingAcceptor acceptor_;
  ConnectionRegister connections_;
  std::mutex mutex_;  // guards working_
  std::condition_variable left_;
  std::size_t working_ = 0;
};

}  // namespace assay::runtime
