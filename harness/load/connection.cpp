#include "harness/load/connection.h"

#include <sys/socket.h>

#include <cerrno>

#include "harness/load/socket.h"

namespace assay::load {
namespace {

constexpr int most_receives = 16;  // in a row, so that one endless reply cannot stop the others

// macOS answers a send on a socket that is still connecting with ENOTCONN, Linux with EAGAIN.
bool is_not_yet(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == ENOTCONN || error == EINTR;
}

ErrorKind error_of(Mismatch mismatch) {
  switch (mismatch) {
    case Mismatch::status: return ErrorKind::status;
    case Mismatch::type: return ErrorKind::type;
    default: return ErrorKind::body;
  }
}

}  // namespace

Connection::Connection(const Exchange& exchange, std::uint32_t slot)
    : exchange_(exchange), slot_(slot), check_(exchange.expectation) {}

Connection::Progress Connection::begin(Poller& poller, TimePoint now) {
  busy_ = true;
  outcome_ = Outcome();
  began_ = now;
  return transmit(poller);
}

Connection::Progress Connection::transmit(Poller& poller) {
  parser_.start(exchange_.asks_for_head_only);
  sent_ = 0;
  if (!socket_.is_open() && !open(poller)) return failed(ErrorKind::connect);
  // On loopback the connection often stands by now: trying saves a turn of the poller.
  return send_rest(poller);
}

bool Connection::open(Poller& poller) {
  socket_ = open_stream_socket(exchange_.address.family());
  if (!socket_.is_open()) return false;
  connected_ = false;
  hung_up_ = false;
  replies_ = 0;
  const auto number = static_cast<std::uint32_t>(socket_.number());
  const int started = connect(socket_.number(), exchange_.address.get(), exchange_.address.length);
  if (started != 0 && errno != EINPROGRESS) return false;
  return poller.watch(socket_.number(), (std::uint64_t{number} << 32U) | slot_);
}

Connection::Progress Connection::send_rest(Poller& poller) {
  while (sent_ < exchange_.request.size()) {
    const ssize_t count = send(socket_.number(), exchange_.request.data() + sent_,
                               exchange_.request.size() - sent_, send_flags);
    // A server may refuse a request of which it has not read everything, and close. So who cannot
    // send may still receive, and what is received tells whether the connection broke.
    if (count < 0) return is_not_yet(errno) || connected_ ? Progress::waiting : broken(poller);
    connected_ = true;
    sent_ += static_cast<std::size_t>(count);
  }
  return Progress::waiting;
}

Connection::Progress Connection::advance(Poller& poller, const Poller::Event& event,
                                         std::span<char> buffer) {
  if (!busy_) {
    if (event.hung_up) socket_.close();
    return Progress::waiting;
  }
  if (sent_ < exchange_.request.size()) {
    const Progress progress = send_rest(poller);
    if (progress == Progress::done || !connected_) return progress;
  }
  hung_up_ = hung_up_ || event.hung_up;
  if (!event.readable && !event.hung_up) return Progress::waiting;
  return receive(poller, buffer);
}

// Less than asked for means that the socket is empty, and whatever comes later is a new event: no
// second call that only hears so. After a hang-up there is no later event, so read to the end.
Connection::Progress Connection::receive(Poller& poller, std::span<char> buffer) {
  for (int receives = 0; receives < most_receives; ++receives) {
    const ssize_t count = recv(socket_.number(), buffer.data(), buffer.size(), 0);
    if (count < 0) return is_not_yet(errno) ? Progress::waiting : broken(poller);
    if (count == 0) return ended(poller);
    const auto size = static_cast<std::size_t>(count);
    outcome_.bytes += size;
    if (consume({buffer.data(), size}) == Progress::done) return Progress::done;
    if (size < buffer.size() && !hung_up_) return Progress::waiting;
  }
  return Progress::unread;
}

Connection::Progress Connection::consume(std::string_view bytes) {
  while (true) {
    const ReplyParser::Step step = parser_.feed(bytes);
    bytes.remove_prefix(step.used);
    switch (step.next) {
      case ReplyParser::Next::head:
        check_.begin(parser_.head().status, parser_.head().content_type);
        break;
      case ReplyParser::Next::body: check_.body(step.body); break;
      case ReplyParser::Next::fault: return failed(ErrorKind::malformed);
      case ReplyParser::Next::complete:
        return bytes.empty() ? completed() : failed(ErrorKind::malformed);
      case ReplyParser::Next::more:
        if (bytes.empty()) return Progress::waiting;
        break;
    }
  }
}

Connection::Progress Connection::ended(Poller& poller) {
  hung_up_ = true;
  if (parser_.end_of_stream().next == ReplyParser::Next::complete) return completed();
  return parser_.has_begun() ? failed(ErrorKind::short_reply) : broken(poller);
}

// A server may close a kept connection at any time, also while a request is under way to it. That
// is no error of its (RFC 9112, 9.3.1), so the request goes out once more, on a new connection; the
// time runs on, and the Outcome says so.
Connection::Progress Connection::broken(Poller& poller) {
  if (replies_ == 0 || parser_.has_begun()) {
    return failed(connected_ ? ErrorKind::reset : ErrorKind::connect);
  }
  socket_.close();
  outcome_.resent = true;
  return transmit(poller);
}

Connection::Progress Connection::completed() {
  outcome_.ended = Clock::now();
  outcome_.latency = outcome_.ended - began_;
  outcome_.status = parser_.head().status;
  if (const auto mismatch = check_.end()) outcome_.error = error_of(*mismatch);
  busy_ = false;
  ++replies_;
  // After an early reply the server takes what comes next for the rest of this request.
  const bool is_sent = sent_ == exchange_.request.size();
  if (hung_up_ || !is_sent) {
    socket_.close();
  } else if (!exchange_.keep_alive || parser_.head().close) {
    closing_ = std::move(socket_);
  }
  return Progress::done;
}

Connection::Progress Connection::failed(ErrorKind kind) {
  outcome_.ended = Clock::now();
  outcome_.latency = outcome_.ended - began_;
  outcome_.error = kind;
  busy_ = false;
  socket_.close();
  return Progress::done;
}

void Connection::give_up() {
  failed(connected_ || replies_ > 0 ? ErrorKind::timeout : ErrorKind::connect);
}

}  // namespace assay::load
