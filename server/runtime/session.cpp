#include "server/runtime/session.h"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "server/runtime/connection_end.h"
#include "server/runtime/event_loop.h"
#include "server/runtime/peer_name.h"
#include "server/runtime/socket_output.h"
#include "server/runtime/wake_call.h"

namespace assay::runtime {
namespace {

using For = SocketWatch::For;
using Needs = Channel::Needs;

}  // namespace

Session::Session(EventLoop& loop, Descriptor socket, Time now)
    : loop_(loop),
      socket_(std::move(socket)),
      date_(loop.has_workers() ? std::make_unique<std::string>() : nullptr),
      channel_(loop.settings().limits, date_ ? *date_ : loop.date(), loop.handler(), loop.tls()),
      deadlines_(now),
      last_turn_(loop.next_turn()) {}

Session::~Session() {
  if (watched_) loop_.watch().remove(socket_.number());
}

// What a new peer asks is often here already, or else one read was in vain. A worker is not woken
// for that.
void Session::begin() {
  if (!loop_.has_workers()) return run(Start::with_bytes);
  if (!await(For::bytes)) end();
}

void Session::on_ready() {
  switch (place_) {
    case Place::here: break;
    case Place::awaits_reply:
      is_broken(socket_.number()) ? end() : static_cast<void>(await(For::nothing));
      return;
    default: return;  // the socket is broken, as who works on it will see
  }
  if (finishing_) return discard();
  last_turn_ = loop_.next_turn();
  run(awaited_ == For::bytes ? Start::with_bytes : Start::going_on);
}

// Here, or on a worker's thread, and then on from here.
void Session::run(Start start) {
  if (loop_.stopping()) channel_.close_soon();
  if (!loop_.has_workers()) return wait(work(start, loop_.workspace()));
  await(For::nothing);
  take_date();
  start_ = start;
  place_ = Place::with_worker;
  loop_.give_to_worker(*this);
}

void Session::work_for(Workspace& space) {
  returned_ = work(start_, space);
  loop_.bring_back(*this);
}

void Session::take_date() {
  if (date_) *date_ = loop_.date();
}

void Session::resume() {
  const Place before = std::exchange(place_, Place::here);
  if (before == Place::with_worker) return wait(returned_);
  // Who rang may not be through yet, and needs the loop for that.
  if (before == Place::awaits_reply) call_->let_go();
  call_.reset();
  if (ended_) return end();
  run(before == Place::in_line ? Start::going_on : Start::with_reply);
}

// Want of memory ends this connection alone. Whatever happens, nothing of it stays in the buffers:
// others use them before it goes on.
template <class Act>
Session::Wait Session::guarded(Workspace& space, Act act) {
  Wait next = Wait::error;
  try {
    if (loop_.settings().limits.reports) space.replies.report.peer = peer();
    next = act();
    if (next == Wait::turn) channel_.wrote(0);
  } catch (...) {
    next = Wait::error;
  }
  if (next == Wait::error) space.replies = wire::ReplyBuffers();
  return next;
}

const std::string& Session::peer() {
  if (!peer_) peer_ = std::make_unique<std::string>(name_of_peer(socket_.number()));
  return *peer_;
}

Session::Wait Session::work(Start start, Workspace& space) {
  return guarded(space, [&] {
    if (start == Start::with_bytes && !read(space)) return Wait::error;
    if (start == Start::with_reply) channel_.proceed(space.replies);
    return advance(space);
  });
}

// Answers and writes until the peer has to do something, or others want their turn.
Session::Wait Session::advance(Workspace& space) {
  for (int turns = 0; turns < 32; ++turns) {
    switch (channel_.needs()) {
      case Needs::write: {
        const Wait next = write();
        if (next != Wait::nothing) return next;
        break;
      }
      case Needs::turn: channel_.proceed(space.replies); break;
      case Needs::bytes:
        if (!input_full_) return Wait::bytes;
        if (!read(space)) return Wait::error;
        break;
      case Needs::wait: return Wait::reply;
      case Needs::close: return Wait::nothing;
    }
  }
  return Wait::turn;
}

// false: the connection is over.
bool Session::read(Workspace& space) {
  const ssize_t count =
      recv(socket_.number(), space.input.data(), space.input.size(), MSG_DONTWAIT);
  if (count < 0) {
    input_full_ = false;
    return is_only_later(errno);
  }
  if (count == 0) return false;
  input_full_ = count == static_cast<ssize_t>(space.input.size());
  channel_.receive(std::string_view(space.input.data(), static_cast<std::size_t>(count)),
                   space.replies);
  return true;
}

// `nothing`: it was all written.
Session::Wait Session::write() {
  const wire::Output output = channel_.output();
  const std::size_t size = output.size();
  const ssize_t count = send_now(socket_.number(), output);
  if (count < 0 && !is_only_later(errno)) return Wait::error;
  const std::size_t written = count < 0 ? 0 : static_cast<std::size_t>(count);
  channel_.wrote(written);
  moved_ += written;
  return written < size ? Wait::room : Wait::nothing;
}

void Session::wait(Wait next) {
  if (ended_ && next != Wait::error) return cut();
  switch (next) {
    case Wait::bytes: return await(For::bytes) ? void() : end();
    case Wait::room: return await(For::room) ? void() : end();
    case Wait::turn:
      await(For::nothing);
      place_ = Place::in_line;
      return loop_.give_turn(*this);
    case Wait::reply: return await_reply();
    case Wait::nothing: return finish();
    case Wait::error: return end();
  }
}

// The socket stays watched: so it is seen when the peer resets the connection. Most send nothing
// before they have the reply, and for the others it is soon enough to look away when they do.
void Session::await_reply() {
  if (!await(For::bytes)) return end();
  call_ = std::make_shared<WakeCall>(loop_, *this);
  place_ = Place::awaits_reply;
  try {
    channel_.when_ready([call = call_] { call->ring(); });
  } catch (...) {
    end();
  }
}

// Costs a system call, so only where it changes. false: the system has no room to watch it.
bool Session::await(For what) {
  if (std::exchange(awaited_, what) == what) return true;
  if (!watched_) return watched_ = loop_.watch().add(socket_.number(), *this, what);
  loop_.watch().change(socket_.number(), *this, what);
  return true;
}

// After the last reply: the end is said, and what still comes is read and dropped, until the
// connection may be closed (connection_end.h).
void Session::finish() {
  if (channel_.connection().broken()) return reset();
  if (may_close_at_once(channel_, socket_.number(), input_full_)) return end();
  shutdown(socket_.number(), SHUT_WR);
  if (may_close_by_now(channel_, socket_.number())) return end();
  finishing_ = true;
  finish_began_ = std::chrono::steady_clock::now();
  if (!await(For::bytes)) end();
}

void Session::discard() {
  auto& input = loop_.workspace().input;
  const ssize_t count = recv(socket_.number(), input.data(), input.size(), MSG_DONTWAIT);
  if (count == 0 || (count < 0 && !is_only_later(errno))) end();
}

// So that a reply which is cut off does not look whole, and what the system still holds of it waits
// for nobody.
void Session::reset() {
  reset_at_close(socket_.number());
  end();
}

// A reply that is not out yet is cut off, and must show it. REQUIRES: not away.
void Session::cut() { channel_.phase() == Channel::Phase::reply ? reset() : end(); }

// Where it is still brought back, that is when it goes.
void Session::end() {
  ended_ = true;
  if (place_ == Place::awaits_reply && call_->let_go()) place_ = Place::here;
  if (place_ == Place::here) loop_.remove(*this);
}

void Session::look_at_deadlines(Time now) {
  constexpr std::chrono::seconds finish_limit(2);  // for a peer that never stops sending
  if (place_ == Place::with_worker || ended_) return;
  if (finishing_) {
    if (now - finish_began_ >= finish_limit || may_close_by_now(channel_, socket_.number())) end();
    return;
  }
  switch (deadlines_.look(channel_, moved_, loop_.settings(), now)) {
    case Deadlines::Verdict::keep: return;
    case Deadlines::Verdict::refuse: return refuse();
    case Deadlines::Verdict::close: return cut();
  }
}

void Session::refuse() {
  const bool is_late = place_ == Place::awaits_reply;
  if (is_late && !call_->let_go()) return;  // the reply has just come
  if (is_late) place_ = Place::here;
  const Wait next = guarded(loop_.workspace(), [&] {
    take_date();
    const auto cause = is_late ? wire::Refusal::unanswered : wire::Refusal::too_slow;
    channel_.refuse_now(cause, loop_.workspace().replies);
    return advance(loop_.workspace());
  });
  // A peer that does not even take this has been given enough.
  next == Wait::nothing ? finish() : end();
}

// At shutdown: an idle session ends at once, unless it was just asked something or is new, another
// when its reply is out or time is up.
void Session::drain(bool late, Time now) {
  if (late) return place_ == Place::with_worker ? end() : cut();
  if (place_ == Place::with_worker || place_ == Place::in_line) return;
  if (!finishing_ && channel_.is_idle()) {
    if (has_unread(socket_.number())) return run(Start::with_bytes);
    const bool is_new = channel_.answered() == 0;
    return is_new && may_ask_yet(deadlines_.since(), now) ? void() : end();
  }
  channel_.close_soon();
  look_at_deadlines(now);
}

// The reply fits a new socket's buffer. What the peer has sent is taken out of the way of the end,
// which it would else make a reset.
void Session::turn_away() {
  Workspace& space = loop_.workspace();
  guarded(space, [&] {
    take_date();
    channel_.refuse_now(wire::Refusal::busy, space.replies);
    return advance(space);
  });
  space.replies = wire::ReplyBuffers();
  shutdown(socket_.number(), SHUT_WR);
  recv(socket_.number(), space.input.data(), space.input.size(), MSG_DONTWAIT);
}

bool Session::may_be_evicted() const {
  return place_ == Place::here && !ended_ && awaited_ != For::nothing;
}

}  // namespace assay::runtime
