// The execution model `thread`: a thread for each connection, which ends with it.
//
// `serve` accepts on the calling thread. Where there is no room for another connection, or no
// thread, the one that has been idle longest is ended for it; where none is idle, the new one is
// told 503. `stop` may be called from any thread, also more than once. After the drain limit the
// connections are cut off, but a handler is not: `serve` returns when the last one has.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <thread>

#include "server/runtime/blocking_acceptor.h"
#include "server/runtime/blocking_session.h"
#include "server/runtime/connection_register.h"
#include "server/runtime/server.h"

namespace assay::runtime {

class ThreadServer final : public Server {
 public:
  // Throws StartError. REQUIRES: the process ignores SIGPIPE.
  ThreadServer(const Settings& settings, const Listeners& listeners, wire::Handler& handler);

  using Server::serve;
  void serve(const std::function<void()>& ready) override;
  void stop() override { acceptor_.stop(); }

 private:
  struct Visit {
    Descriptor socket;
    ConnectionRegister::Place place;
    std::thread thread;
  };
  using Visits = std::list<Visit>;

  void admit(Arrival arrival, Workbench& bench);
  bool start(Visits::iterator visit);
  bool end_one();
  void drive(Visits::iterator visit);
  void retire(Visits::iterator visit);
  void join_ended();
  void give_up(Visits::iterator visit, Workbench& bench);
  void drain();

  const Settings& settings_;
  Service service_;
  BlockingAcceptor acceptor_;
  ConnectionRegister connections_;
  std::mutex mutex_;  // guards visits_, retired_, ended_
  std::condition_variable left_;
  Visits visits_;
  std::uint64_t retired_ = 0;  // visits so far
  std::thread ended_;          // the last one, not yet joined: the next to end does that
};

}  // namespace assay::runtime
