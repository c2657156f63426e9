#include "harness/load/loop/connection.h"

#include <sys/socket.h>

#include <cerrno>

#include <fmt/format.h>

#include "harness/load/text/visible_text.h"

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
    : exchange_(exchange), slot_(slot), flights_(exchange.pipeline) {
  checks_.reserve(exchange.questions.size());
  for (const Question& question : exchange.questions) checks_.emplace_back(question.expectation);
  check_ = checks_.data();
}

bool Connection::open(Poller& poller) {
  connected_ = hung_up_ = false;
  replies_ = 0;
  written_ = sent_ = 0;
  output_.clear();
  taken_ = 0;
  if (!stream_.open(exchange_.address, exchange_.tls.get())) return false;
  const auto number = static_cast<std::uint32_t>(stream_.number());
  return poller.watch(stream_.number(), (std::uint64_t{number} << 32U) | slot_);
}

void Connection::add(const Due& due, TimePoint now) {
  Flight& added = flight(under_way_++);
  added = {due, now, 0, static_cast<std::uint32_t>(exchange_.mix.part(due.number))};
  if (under_way_ == 1) start_reply();
  if (stream_.is_open()) write(added);
}

void Connection::write(Flight& flight) {
  const std::size_t before = output_.size();
  question(flight).request.append(output_, flight.due.number);
  written_ += output_.size() - before;
  flight.end = written_;
}

bool Connection::send_added(Poller& poller, Owner& owner) {
  if (!stream_.is_open()) {
    if (!open(poller)) {
      failed(ErrorKind::connect, poller, owner);
      return false;
    }
    for (std::size_t place = 0; place < under_way_; ++place) write(flight(place));
  }
  // On loopback the connection often stands by now: trying saves a turn of the poller.
  while (taken_ < output_.size()) {
    const ssize_t count = stream_.send(std::string_view(output_).substr(taken_));
    if (count < 0) {
      // A server may refuse a request of which it has not read everything, and close. So who cannot
      // send may still receive, and what is received tells whether the connection broke.
      if (is_not_yet(errno) || connected_) return true;
      broken(poller, owner);
      return false;
    }
    connected_ = true;
    taken_ += static_cast<std::size_t>(count);
    sent_ += static_cast<std::size_t>(count);
  }
  output_.clear();
  taken_ = 0;
  return true;
}

Connection::Progress Connection::advance(Poller& poller, const Poller::Event& event,
                                         std::span<char> buffer, Owner& owner) {
  if (!is_busy()) {
    if (event.hung_up || (event.readable && has_stray_bytes(buffer))) stream_.close();
    return Progress::waiting;
  }
  if (taken_ < output_.size() && !send_added(poller, owner)) return Progress::waiting;
  if (!connected_) return Progress::waiting;
  hung_up_ = hung_up_ || event.hung_up;
  if (!event.readable && !event.hung_up) return Progress::waiting;
  return receive(poller, buffer, owner);
}

// What nobody asked for must not be taken for the reply to the next request. Under TLS it may be
// the protocol's own.
bool Connection::has_stray_bytes(std::span<char> buffer) {
  return !exchange_.tls && stream_.receive(buffer) > 0;
}

// A drained socket tells of whatever comes later by a new event: no second call that only hears so.
// After a hang-up there is no later event, so read to the end.
Connection::Progress Connection::receive(Poller& poller, std::span<char> buffer, Owner& owner) {
  for (int receives = 0; receives < most_receives; ++receives) {
    const ssize_t count = stream_.receive(buffer);
    if (count < 0) {
      if (!is_not_yet(errno)) broken(poller, owner);
      return Progress::waiting;
    }
    received_ = Clock::now();
    if (count == 0) {
      end_of_stream(poller, owner);
      return Progress::waiting;
    }
    const auto size = static_cast<std::size_t>(count);
    if (!consume({buffer.data(), size}, poller, owner)) return Progress::waiting;
    if (!hung_up_ && stream_.is_drained(size, buffer.size())) return Progress::waiting;
  }
  return Progress::unread;
}

// False: nothing more is to be read of this socket now.
bool Connection::consume(std::string_view bytes, Poller& poller, Owner& owner) {
  while (true) {
    if (outcome_.first_byte == TimePoint() && !bytes.empty()) outcome_.first_byte = received_;
    const std::string_view at_hand = bytes;
    const ReplyParser::Step step = parser_.feed(bytes);
    bytes.remove_prefix(step.used);
    outcome_.bytes += step.used;
    switch (step.next) {
      case ReplyParser::Next::head:
        check_->begin(parser_.head().status, parser_.head().content_type);
        break;
      case ReplyParser::Next::body: check_->body(step.body); break;
      case ReplyParser::Next::fault:
        note_malformed(parser_.fault(),
                       parser_.split_head().empty() ? at_hand : parser_.split_head());
        failed(ErrorKind::malformed, poller, owner);
        return false;
      case ReplyParser::Next::complete:
        if (!bytes.empty() && under_way_ == 1) {
          outcome_.bytes += bytes.size();
          note_malformed(Fault::excess, bytes);
          failed(ErrorKind::malformed, poller, owner);
          return false;
        }
        if (!completed(poller, owner)) return false;
        if (bytes.empty()) return true;
        break;
      case ReplyParser::Next::more:
        if (bytes.empty()) return true;
        break;
    }
  }
}

void Connection::end_of_stream(Poller& poller, Owner& owner) {
  hung_up_ = true;
  if (parser_.end_of_stream().next == ReplyParser::Next::complete) {
    completed(poller, owner);
  } else {
    broken(poller, owner);
  }
}

// A server may close a kept connection at any time, also while a request is under way to it. That
// is no error of its (RFC 9112, 9.3.1), so the request goes out once more, on a new connection,
// unless it might be done twice then; the time runs on, and the Outcome says so.
void Connection::broken(Poller& poller, Owner& owner) {
  const bool has_answered = outcome_.bytes > 0;  // with an interim reply, which is not the reply
  if (parser_.has_begun()) {
    failed(ErrorKind::short_reply, poller, owner);
  } else if (replies_ == 0 || has_answered || !question(oldest()).may_be_sent_again) {
    failed(connected_ ? ErrorKind::reset : ErrorKind::connect, poller, owner);
  } else {
    send_again(poller, owner);
  }
}

// What is under way, on a new connection, but for what might be done twice then.
void Connection::send_again(Poller& poller, Owner& owner) {
  stream_.close();
  for (std::size_t left = under_way_; left > 0; --left) {
    if (!question(oldest()).may_be_sent_again) {
      fail_oldest(ErrorKind::reset, owner);
      continue;
    }
    Flight kept = oldest();  // behind all others, so that in the end the order is what it was
    kept.resent = true;
    flight(under_way_) = kept;
    first_ = (first_ + 1) % flights_.size();
  }
  if (!is_busy()) return;
  start_reply();
  send_added(poller, owner);
}

// False: the socket is done with, or waits for the next request.
bool Connection::completed(Poller& poller, Owner& owner) {
  outcome_.ended = received_;
  outcome_.status = parser_.head().status;
  outcome_.closed = exchange_.keep_alive && parser_.head().close;
  if (const auto mismatch = check_->end()) outcome_.error = error_of(*mismatch);
  ++replies_;
  // After an early reply the server takes what comes next for the rest of this request.
  const bool is_whole = sent_ >= oldest().end;
  const bool is_last = !exchange_.keep_alive || parser_.head().close;
  if (!is_whole || (hung_up_ && (is_last || under_way_ == 1))) {
    stream_.close();
  } else if (is_last) {
    closing_ = stream_.release();
  }
  finish(owner);
  if (is_busy() && !stream_.is_open()) send_again(poller, owner);
  return is_busy() && replies_ > 0;
}

// Where there was no connection none of those that wait for it can be sent. Else they go out again.
void Connection::failed(ErrorKind kind, Poller& poller, Owner& owner) {
  stream_.close();
  do {
    fail_oldest(kind, owner);
  } while (is_busy() && kind == ErrorKind::connect);
  send_again(poller, owner);
}

void Connection::fail_oldest(ErrorKind kind, Owner& owner) {
  outcome_.ended = Clock::now();
  outcome_.error = kind;
  finish(owner);
}

void Connection::note_malformed(Fault fault, std::string_view bytes) {
  constexpr std::size_t longest = 60;
  malformed_ = fmt::format("{}: \"{}{}\"", text(fault), visible_text(bytes.substr(0, longest)),
                           bytes.size() > longest ? "..." : "");
}

void Connection::give_up(Poller& poller, Owner& owner) {
  const bool was_reached = connected_ || replies_ > 0;
  failed(was_reached ? ErrorKind::timeout : ErrorKind::connect, poller, owner);
}

void Connection::abandon(Owner& owner) {
  const bool was_reached = connected_ || replies_ > 0;
  stream_.close();
  while (is_busy()) fail_oldest(was_reached ? ErrorKind::timeout : ErrorKind::connect, owner);
}

void Connection::finish(Owner& owner) {
  const Flight done = oldest();
  outcome_.due = done.due.at;
  outcome_.ready = done.due.ready;
  outcome_.sent = done.sent;
  outcome_.resent = done.resent;
  outcome_.part = done.part;
  const Outcome outcome = outcome_;
  first_ = (first_ + 1) % flights_.size();
  --under_way_;
  if (is_busy()) start_reply();
  owner.ended(*this, done.due.ticket, outcome);
}

void Connection::start_reply() {
  const Flight& flight = oldest();
  check_ = &checks_[flight.part];
  parser_.start(question(flight).asks_for_head_only);
  outcome_ = Outcome();
}

}  // namespace assay::load
