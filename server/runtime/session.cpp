#include "server/runtime/session.h"

#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "server/runtime/event_loop.h"
#include "server/runtime/socket_output.h"

namespace assay::runtime {
namespace {

using Needs = Channel::Needs;

}  // namespace

Session::Session(EventLoop& loop, Descriptor socket, Time now)
    : loop_(loop),
      socket_(std::move(socket)),
      channel_(loop.settings().limits, loop.has_workers() ? date_ : loop.date(), loop.handler(),
               loop.tls()),
      deadlines_(now),
      last_turn_(loop.next_turn()) {}

void Session::on_ready() {
  if (away_ || due_) return;  // the socket is broken, as who works on it will see
  if (finishing_) return discard();
  last_turn_ = loop_.next_turn();
  run(awaited_ == Wait::bytes);
}

// Here, or on a worker's thread, and then on from here.
void Session::run(bool readable) {
  if (loop_.stopping()) channel_.close_soon();
  if (!loop_.has_workers()) return wait(work(readable, loop_.workspace()));
  await(Wait::nothing);
  away_ = true;
  date_ = loop_.date();
  loop_.give_to_worker([this, readable](Workspace& space) {
    const Wait next = work(readable, space);
    loop_.run_soon([this, next] {
      away_ = false;
      wait(next);
    });
  });
}

// Want of memory ends this connection alone. Whatever happens, nothing of it stays in the buffers:
// others use them before it goes on.
template <class Act>
Session::Wait Session::guarded(Workspace& space, Act act) {
  Wait next = Wait::error;
  try {
    next = act();
    if (next == Wait::turn) channel_.wrote(0);
  } catch (...) {
    next = Wait::error;
  }
  if (next == Wait::error) space.replies = wire::ReplyBuffers();
  return next;
}

Session::Wait Session::work(bool readable, Workspace& space) {
  return guarded(space, [&] { return readable && !read(space) ? Wait::error : advance(space); });
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
    case Wait::bytes:
    case Wait::room: return await(next);
    case Wait::turn:
      await(Wait::nothing);
      due_ = true;
      return loop_.run_soon([this] {
        due_ = false;
        ended_ ? end() : run(false);
      });
    case Wait::nothing: return finish();
    case Wait::error: return end();
  }
}

// Costs a system call, so only where it changes.
void Session::await(Wait next) {
  if (std::exchange(awaited_, next) == next) return;
  switch (next) {
    case Wait::bytes: return loop_.watch().await_bytes(socket_.number(), *this);
    case Wait::room: return loop_.watch().await_room(socket_.number(), *this);
    default: return loop_.watch().await_nothing(socket_.number(), *this);
  }
}

// Asking the socket costs a system call, so not where a peer said that nothing would follow and the
// last read took all there was.
bool Session::may_have_unread() const {
  if (channel_.connection().asked_to_close() && !input_full_) return false;
  return has_unread(socket_.number());
}

// After the last reply. Closing while the peer still sends, or with its bytes unread, would reset
// the connection, and the peer would lose the reply: so the end is said, and the rest read and
// dropped.
void Session::finish() {
  if (channel_.connection().broken()) return reset();
  if (!channel_.refused() && !may_have_unread()) return end();
  shutdown(socket_.number(), SHUT_WR);
  finishing_ = true;
  finish_began_ = std::chrono::steady_clock::now();
  await(Wait::bytes);
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

// Where a worker or a turn will still come back to it, that is when it goes.
void Session::end() {
  ended_ = true;
  if (!away_ && !due_) loop_.remove(*this);
}

void Session::look_at_deadlines(Time now) {
  constexpr std::chrono::seconds finish_limit(2);  // for a peer that never stops sending
  if (away_ || ended_) return;
  if (finishing_) {
    if (now - finish_began_ >= finish_limit) end();
    return;
  }
  switch (deadlines_.look(channel_, moved_, loop_.settings(), now)) {
    case Deadlines::Verdict::keep: return;
    case Deadlines::Verdict::refuse: return refuse();
    case Deadlines::Verdict::close: return cut();
  }
}

void Session::refuse() {
  date_ = loop_.date();
  const Wait next = guarded(loop_.workspace(), [this] {
    channel_.refuse_now(wire::Refusal::too_slow, loop_.workspace().replies);
    return advance(loop_.workspace());
  });
  // A peer that does not even take this has been given enough.
  next == Wait::nothing ? finish() : end();
}

// At shutdown: an idle session ends at once, another when its reply is out or time is up.
void Session::drain(bool late, Time now) {
  if (late) return away_ ? end() : cut();
  if (away_ || due_) return;
  if (!finishing_ && channel_.phase() == Channel::Phase::idle) return end();
  channel_.close_soon();
  look_at_deadlines(now);
}

// The reply fits a new socket's buffer. What the peer has sent is taken out of the way of the end,
// which it would else make a reset.
void Session::turn_away() {
  Workspace& space = loop_.workspace();
  date_ = loop_.date();
  guarded(space, [&] {
    channel_.refuse_now(wire::Refusal::busy, space.replies);
    return advance(space);
  });
  space.replies = wire::ReplyBuffers();
  shutdown(socket_.number(), SHUT_WR);
  recv(socket_.number(), space.input.data(), space.input.size(), MSG_DONTWAIT);
}

bool Session::may_be_evicted() const {
  const bool waits = awaited_ == Wait::bytes || awaited_ == Wait::room;
  return !away_ && !due_ && !ended_ && waits;
}

}  // namespace assay::runtime
