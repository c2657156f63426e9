// Brings a session of an event loop back to it when a reply made elsewhere is ready: once, and only
// while the session wants it.
//
// Shared between the session and whoever makes the reply. `ring` may be called from any thread,
// also when session, loop and server are gone: a session that goes has let go before.
#pragma once
#include <mutex>
#include <utility>

#include "server/runtime/event_loop.h"

namespace assay::runtime {

class WakeCall {
 public:
  WakeCall(EventLoop& loop, Session& session) : loop_(loop), session_(&session) {}

  void ring() noexcept {
    const std::lock_guard lock(mutex_);
    if (session_ != nullptr) loop_.bring_back(*std::exchange(session_, nullptr));
  }
  // false: it is too late, the session comes back. For the session.
  bool let_go() noexcept {
    const std::lock_guard lock(mutex_);
    return std::exchange(session_, nullptr) != nullptr;
  }

 private:
  EventLoop& loop_;
  std::mutex mutex_;  // guards session_
  Session* session_;  // nullptr: it was rung, or let go
};

}  // namespace assay::runtime
