// One thread's worth of server: where it waits, a listening socket, and the sessions it accepted.
//
// `run` returns when `stop` was asked for and the sessions have ended; whoever had connected before
// is still heard, and nobody can connect any more. A loop that accepts for others stops them, too.
// `stop`, `adopt` and
// `bring_back` may be called from any thread, everything else happens on the one that runs.
// It waits in one place, for all it has to do: a reactor between would cost its own calls for each
// connection (docs/design.md, the pump).
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/runtime/date_field.h"
#include "server/runtime/descriptor.h"
#include "server/runtime/inbox.h"
#include "server/runtime/session.h"
#include "server/runtime/session_queue.h"
#include "server/runtime/settings.h"
#include "server/runtime/socket_watch.h"
#include "server/runtime/tls_context.h"
#include "server/runtime/worker_pool.h"
#include "server/runtime/workspace.h"

namespace assay::runtime {

class EventLoop {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // At most `connections` at once. Throws std::system_error.
  // Without `tls` in the clear; without `workers` the loop runs the handlers itself.
  EventLoop(const Settings& settings, std::size_t connections, wire::Handler& handler,
            const TlsContext* tls, WorkerPool* workers);

  // Accepts from a socket that is the caller's and outlives the loop, for itself or, in turn, for
  // all of `owners`. Throws std::system_error.
  void accept_from(int listener, std::vector<EventLoop*> owners);
  void run();
  void stop(Time end);   // by then all has to be over
  void leave(Time end);  // likewise; its listener, and who waits there, are another's
  void adopt(Descriptor file);

  // For its sessions.
  const Settings& settings() const { return settings_; }
  wire::Handler& handler() { return handler_; }
  const TlsContext* tls() const { return tls_; }
  const std::string& date() const { return date_.line(); }
  Workspace& workspace() { return *workspace_; }
  SocketWatch& watch() { return watch_; }
  std::uint64_t next_turn() { return ++turn_; }
  bool stopping() const { return stopping_; }
  bool has_workers() const { return workers_ != nullptr; }
  void give_to_worker(Session& session) { workers_->run(session); }
  // Both call `resume`, once others had their turn.
  void give_turn(Session& session) { due_.push(session); }
  void bring_back(Session& session) noexcept;  // any thread
  void remove(Session& session);               // destroys it

 private:
  void take_turn();
  std::chrono::milliseconds time_left(Time now) const;
  void look_around(Time now);
  template <class Act>
  void guarded(Session& session, Act act);
  void accept_some();
  bool accept_failed(bool first);
  void accept_again_later();
  bool is_full_for_a_moment();
  void distribute(Descriptor file);
  void admit(Descriptor file);
  bool make_room();
  void open_inbox();
  void resume_all(SessionQueue sessions);
  void begin_drain(Time end);
  void accept_the_last() noexcept;
  void sweep(Time now);
  void drain(Time now);

  const Settings& settings_;
  std::size_t most_;
  wire::Handler& handler_;
  const TlsContext* tls_;
  WorkerPool* workers_;
  SocketWatch watch_;
  Inbox inbox_;
  DateField date_;
  std::unique_ptr<Workspace> workspace_ = std::make_unique<Workspace>();
  std::vector<std::unique_ptr<Session>> sessions_;
  SessionQueue due_;
  std::vector<EventLoop*> owners_;
  std::size_t next_owner_ = 0;
  std::size_t likely_ = 1;  // connections that wait where one does, by what was there before
  int listener_ = -1;       // -1: none
  std::uint64_t turn_ = 0;
  std::uint64_t draw_ = 1;  // of a cheap random sequence
  bool patient_ = true;     // where there is no room
  bool stopping_ = false;
  Time next_look_{};
  Time accept_again_ = Time::max();  // where that had to pause
  Time drain_end_{};
};

}  // namespace assay::runtime
