#include "server/runtime/session.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "server/runtime/event_loop.h"

namespace assay::runtime {
namespace {

using boost::system::error_code;
using Needs = Channel::Needs;

ssize_t send_gathered(int file, const wire::Output& output) {
  std::array<iovec, 2> pieces = {{{const_cast<char*>(output.first.data()), output.first.size()},
                                  {const_cast<char*>(output.second.data()), output.second.size()}}};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  return sendmsg(file, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
}

ssize_t send_now(int file, const wire::Output& output) {
  if (!output.second.empty()) return send_gathered(file, output);
  return send(file, output.first.data(), output.first.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

bool would_wait(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

Session::Session(EventLoop& loop, Socket socket, Time now)
    : loop_(loop),
      socket_(std::move(socket)),
      channel_(loop.settings().limits, loop.has_workers() ? date_ : loop.date(), loop.handler(),
               loop.tls()),
      deadlines_(now) {}

void Session::read() {
  ++under_way_;
  socket_.async_read_some(boost::asio::buffer(input_), [this](error_code error, std::size_t count) {
    --under_way_;
    on_read(error.failed(), count);
  });
}

void Session::on_read(bool failed, std::size_t count) {
  if (failed || ended_) return end();
  if (finishing_) return read();
  last_turn_ = loop_.next_turn();
  input_full_ = count == input_.size();
  run(count);
}

void Session::wait_for_room() {
  ++under_way_;
  socket_.async_wait(Socket::wait_write, [this](error_code error) {
    --under_way_;
    if (error || ended_) return end();
    run(0);
  });
}

// Here, or on a worker's thread, and then on from here.
void Session::run(std::size_t count) {
  if (!loop_.has_workers()) return wait(work(count, loop_.workspace()));
  away_ = true;
  date_ = loop_.date();
  loop_.give_to_worker([this, count](Workspace& space) {
    const Wait next = work(count, space);
    loop_.run_soon([this, next] {
      away_ = false;
      wait(next);
    });
  });
}

// What a handler throws, or want of memory, ends this connection alone. What lies in the buffers
// then belongs to nobody.
Session::Wait Session::work(std::size_t count, Workspace& space) {
  try {
    if (count > 0) channel_.receive(std::string_view(input_.data(), count), space.replies);
    return advance(space);
  } catch (...) {
    space.replies = wire::ReplyBuffers();
    return Wait::error;
  }
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
        if (!read_more(space)) return Wait::error;
        break;
      case Needs::close: return Wait::nothing;
    }
  }
  return Wait::turn;
}

// At once and not by Asio: it would queue a handler to say that the bytes are gone.
Session::Wait Session::write() {
  const wire::Output output = channel_.output();
  const std::size_t size = output.size();
  const ssize_t count = send_now(socket_.native_handle(), output);
  if (count < 0 && !would_wait(errno)) return Wait::error;
  const std::size_t written = count < 0 ? 0 : static_cast<std::size_t>(count);
  channel_.wrote(written);
  moved_ += written;
  return written < size ? Wait::room : Wait::nothing;
}

bool Session::read_more(Workspace& space) {
  const ssize_t count =
      recv(socket_.native_handle(), space.input.data(), space.input.size(), MSG_DONTWAIT);
  if (count < 0 && !would_wait(errno)) return false;
  if (count == 0) return false;
  input_full_ = count == static_cast<ssize_t>(space.input.size());
  if (count > 0) {
    channel_.receive(std::string_view(space.input.data(), static_cast<std::size_t>(count)),
                     space.replies);
  }
  return true;
}

void Session::wait(Wait next) {
  if (ended_) return end();
  switch (next) {
    case Wait::bytes: return read();
    case Wait::room: return wait_for_room();
    case Wait::turn:
      ++under_way_;
      return loop_.run_soon([this] {
        --under_way_;
        ended_ ? end() : run(0);
      });
    case Wait::nothing: return finish();
    case Wait::error: return end();
  }
}

// Asking the socket costs a system call, so not where a peer said that nothing would follow and the
// last read took all there was.
bool Session::may_have_unread() const {
  error_code ignored;
  if (channel_.connection().asked_to_close() && !input_full_) return false;
  return socket_.available(ignored) > 0;
}

// After the last reply. Closing while the peer still sends, or with its bytes unread, would reset
// the connection, and the peer would lose the reply: so the end is said, and the rest read and
// dropped.
void Session::finish() {
  if (channel_.connection().broken()) return reset();
  if (!channel_.refused() && !may_have_unread()) return end();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  finishing_ = true;
  finish_began_ = std::chrono::steady_clock::now();
  if (under_way_ == 0) read();
}

// So that a reply which is cut off does not look whole, and what the system still holds of it waits
// for nobody.
void Session::reset() {
  error_code ignored;
  socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
  end();
}

void Session::end() {
  ended_ = true;
  error_code ignored;
  socket_.close(ignored);
  if (under_way_ == 0 && !away_) loop_.remove(*this);
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
    case Deadlines::Verdict::close:
      return channel_.phase() == Channel::Phase::reply ? reset() : end();
  }
}

void Session::refuse() {
  channel_.refuse_now(wire::Refusal::too_slow, loop_.workspace().replies);
  // A peer that does not even take this has been given enough.
  advance(loop_.workspace()) == Wait::nothing ? finish() : end();
}

// At shutdown: an idle session ends at once, another when its reply is out or time is up.
void Session::drain(bool late) {
  if (late) return end();
  if (away_ || ended_ || finishing_) return;
  if (channel_.phase() == wire::Connection::Phase::idle) return end();
  channel_.close_soon();
}

bool Session::may_be_evicted() const {
  return !away_ && !ended_ && channel_.needs() == Needs::bytes;
}

}  // namespace assay::runtime
