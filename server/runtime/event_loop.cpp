#include "server/runtime/event_loop.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <new>

#include "server/runtime/accepting.h"

namespace assay::runtime {
namespace {

using boost::system::error_code;
using std::chrono::steady_clock;

}  // namespace

EventLoop::EventLoop(const Settings& settings, std::size_t connections, wire::Handler& handler,
                     const TlsContext* tls, WorkerPool* workers)
    : settings_(settings), most_(connections), handler_(handler), tls_(tls), workers_(workers) {
  date_.renew(std::time(nullptr));
}

void EventLoop::accept_from(int listener, std::vector<EventLoop*> owners) {
  const int own = dup(listener);  // Asio closes what it is given
  if (own < 0) throw boost::system::system_error(errno, boost::system::generic_category());
  listener_.emplace(context_, own);
  owners_ = std::move(owners);
}

void EventLoop::run() {
  if (listener_) wait_for_connections();
  wait_for_sessions();
  sweep();
  context_.run();
}

void EventLoop::stop() {
  run_soon([this] {
    stopping_ = true;
    drain_end_ = steady_clock::now() + settings_.drain_limit;
    error_code ignored;
    if (listener_) listener_->close(ignored);
    accept_timer_.cancel();
    sweep_timer_.cancel();  // its handler runs now and drains
  });
}

void EventLoop::wait_for_sessions() {
  sessions_ready_.async_wait(Readable::wait_read, [this](error_code error) {
    if (error) return;
    serve_ready();
    wait_for_sessions();
  });
}

// As long as there is much to do, but not for ever: timers and new connections wait. After a single
// one there is seldom another, and looking would cost a system call.
void EventLoop::serve_ready() {
  std::size_t served = 2;
  for (int round = 0; round < 16 && served > 1; ++round) {
    const auto ready = watch_.ready();
    served = ready.size();
    for (Session* const session : ready) serve(*session);
  }
}

// Where there is no memory to go on with a session, it goes; others may have some then.
void EventLoop::serve(Session& session) {
  try {
    session.on_ready();
  } catch (const std::bad_alloc&) {
    session.end();
  }
}

void EventLoop::wait_for_connections() {
  listener_->async_wait(Readable::wait_read, [this](error_code error) {
    if (error || stopping_) return;
    // Some at a time: those that are here want their turn too.
    for (int i = 0; i < 16; ++i) {
      if (accept_one()) continue;
      // Linux wants a file before it looks whether anybody waits; only the first is sure to.
      if (i > 0 || errno == EAGAIN || errno == EWOULDBLOCK) break;
      if (is_shortage(errno)) make_room();
      return accept_again_later();
    }
    wait_for_connections();
  });
}

// false: `errno` says why. A peer that is gone already is no failure of ours.
bool EventLoop::accept_one() {
  Descriptor file = accept_connection(listener_->native_handle());
  if (file.number() < 0) {
    const int error = errno;
    return error == ECONNABORTED || error == EINTR || error == EPROTO;
  }
  EventLoop& owner = *owners_[next_owner_++ % owners_.size()];
  &owner == this ? admit(std::move(file)) : owner.adopt(std::move(file));
  return true;
}

// Out of files or of room: that would come back at once, again and again.
void EventLoop::accept_again_later() {
  accept_timer_.expires_after(std::chrono::milliseconds(10));
  accept_timer_.async_wait([this](error_code error) {
    if (!error && !stopping_) wait_for_connections();
  });
}

void EventLoop::adopt(Descriptor file) {
  run_soon([this, own = std::move(file)]() mutable { admit(std::move(own)); });
}

// Without memory for it the connection is lost, but not the server.
void EventLoop::admit(Descriptor file) {
  if (stopping_) return;
  try {
    auto session = std::make_unique<Session>(*this, std::move(file), steady_clock::now());
    if (sessions_.size() >= most_ && !make_room()) return session->turn_away();
    session->slot = sessions_.size();
    sessions_.push_back(std::move(session));
    Session& admitted = *sessions_.back();
    if (!watch_.add(admitted.socket(), admitted)) remove(admitted);
  } catch (const std::bad_alloc&) {
    make_room();
  }
}

void EventLoop::remove(Session& session) {
  const std::size_t slot = session.slot;
  std::swap(sessions_[slot], sessions_.back());
  sessions_[slot]->slot = slot;
  sessions_.pop_back();
}

// Ends a session that waits for its peer, the one that does so longest of a few drawn at random: a
// flood of connections that ask for nothing ends its own, and finding one costs the same however
// many there are.
bool EventLoop::make_room() {
  constexpr int draws = 32;
  Session* quietest = nullptr;
  for (int i = 0; i < draws && !sessions_.empty(); ++i) {
    draw_ = draw_ * 6364136223846793005U + 1442695040888963407U;
    Session& session = *sessions_[(draw_ >> 33U) % sessions_.size()];
    if (!session.may_be_evicted()) continue;
    if (quietest == nullptr || session.last_turn() < quietest->last_turn()) quietest = &session;
  }
  if (quietest != nullptr) quietest->evict();
  return quietest != nullptr;
}

// Now and then, instead of a timer for each request: renews the date and looks at deadlines.
// Backwards, since a session that ends gives its place to the last.
void EventLoop::sweep() {
  date_.renew(std::time(nullptr));
  const auto now = steady_clock::now();
  for (std::size_t i = sessions_.size(); i-- > 0;) sessions_[i]->look_at_deadlines(now);
  sweep_timer_.expires_after(settings_.sweep_period);
  sweep_timer_.async_wait([this](error_code) { stopping_ ? drain() : sweep(); });
}

void EventLoop::drain() {
  date_.renew(std::time(nullptr));
  const auto now = steady_clock::now();
  for (std::size_t i = sessions_.size(); i-- > 0;) sessions_[i]->drain(now >= drain_end_, now);
  if (sessions_.empty()) return sessions_ready_.close();
  sweep_timer_.expires_after(std::chrono::milliseconds(20));
  sweep_timer_.async_wait([this](error_code) { drain(); });
}

}  // namespace assay::runtime
