#include "server/runtime/blocking_session.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

#include "server/runtime/connection_end.h"
#include "server/runtime/peer_name.h"
#include "server/runtime/socket_output.h"
#include "server/wire/doorbell.h"

namespace assay::runtime {
namespace {

using Needs = Channel::Needs;
using Phase = Channel::Phase;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

void set_timeout(int socket, int option, milliseconds limit) {
  const auto at_least = std::max(limit, milliseconds(1));  // 0 would be none
  timeval time{};
  time.tv_sec = static_cast<time_t>(at_least.count() / 1000);
  time.tv_usec = static_cast<suseconds_t>(at_least.count() % 1000 * 1000);
  setsockopt(socket, SOL_SOCKET, option, &time, sizeof time);
}

// What is left of `output` once `sent` bytes of it are gone, and of that as much as one call sends:
// macOS waits, whatever the flag says, until it has taken all.
wire::Output next_piece(const wire::Output& output, std::size_t sent) {
  constexpr std::size_t most = std::size_t{64} * 1024;
  const std::size_t of_first = std::min(sent, output.first.size());
  const std::string_view first = output.first.substr(of_first, most);
  const std::string_view second = output.second.substr(sent - of_first, most - first.size());
  return {first, second};
}

}  // namespace

// What lies in the buffers belongs to a connection that is gone.
void BlockingSession::run(Descriptor socket, ConnectionRegister::Place place,
                          const Service& service, Workbench& bench) noexcept {
  try {
    BlockingSession(std::move(socket), std::move(place), service, bench).drive();
  } catch (...) {
    bench.space.replies = wire::ReplyBuffers();
  }
  service.handler.before_wait();
}

void BlockingSession::turn_away(Descriptor socket, const Service& service,
                                Workbench& bench) noexcept {
  try {
    BlockingSession(std::move(socket), {}, service, bench).say_busy();
  } catch (...) {
    bench.space.replies = wire::ReplyBuffers();
  }
  service.handler.before_wait();
}

BlockingSession::BlockingSession(Descriptor socket, ConnectionRegister::Place place,
                                 const Service& service, Workbench& bench)
    : socket_(std::move(socket)),
      place_(std::move(place)),
      settings_(service.settings),
      handler_(service.handler),
      bench_(bench),
      channel_(service.limits, bench.date.line(), service.handler, service.tls),
      heard_(steady_clock::now()),
      looked_(heard_),
      deadlines_(heard_) {
  if (!settings_.limits.reports) return;
  peer_ = name_of_peer(socket_.number());
  bench.space.replies.report.peer = peer_;
}

void BlockingSession::drive() {
  make_blocking();
  for (;;) {
    switch (channel_.needs()) {
      case Needs::bytes:
        if (!read()) return leave();
        break;
      case Needs::write:
        if (!write()) return leave();
        break;
      case Needs::turn:
        if (!take_turn()) return leave();
        break;
      case Needs::wait:
        if (!await_reply()) return leave();
        break;
      case Needs::close: return finish();
    }
  }
}

// Each of these: false if the connection is to end as it is.
bool BlockingSession::read() {
  handler_.before_wait();
  bool waits = true;
  if (!channel_.is_idle()) {
    place_.awaits_the_rest(heard_);
  } else {
    const bool is_new = channel_.answered() == 0;
    waits = place_.becomes_idle(heard_, is_new);
    if (!waits && place_.is_cut()) return false;
    waits = waits || (is_new && may_ask_yet(place_.came(), steady_clock::now()));
  }
  // At the end nobody else is waited for, but what has been asked by now is answered.
  auto& input = bench_.space.input;
  const ssize_t count =
      recv(socket_.number(), input.data(), input.size(), waits ? 0 : MSG_DONTWAIT);
  if (count == 0 || (count < 0 && !waits)) return false;
  if (count < 0) return is_only_later(errno) && look(steady_clock::now());
  place_.becomes_busy();
  heard_ = steady_clock::now();
  if (!look_if_due(heard_)) return false;
  if (channel_.needs() != Needs::bytes) return true;  // it came too late, and was refused
  const auto bytes = static_cast<std::size_t>(count);
  input_full_ = bytes == input.size();
  if (place_.is_to_end()) channel_.close_soon();
  renew_date();
  channel_.receive(std::string_view(input.data(), bytes), bench_.space.replies);
  return true;
}

// Nobody else uses the buffers while this waits, so the channel need not keep what is unwritten.
bool BlockingSession::write() {
  const wire::Output output = channel_.output();
  std::size_t sent = 0;
  Time waits_since;  // for room; not yet
  while (sent < output.size()) {
    const ssize_t count = send_now(socket_.number(), next_piece(output, sent));
    if (count < 0 && !is_only_later(errno)) return false;
    if (count > 0) {
      sent += static_cast<std::size_t>(count);
      moved_ += static_cast<std::uint64_t>(count);
      waits_since = {};
    }
    if (sent == output.size()) break;
    if (count < 0) wait_for_room(waits_since);
    if (!look_if_due(steady_clock::now())) return false;
  }
  channel_.wrote(sent);
  return true;
}

// Since `since`, or, where that is nothing yet, from now on.
void BlockingSession::wait_for_room(Time& since) {
  if (since == Time()) since = steady_clock::now();
  place_.awaits_the_rest(since);
  handler_.before_wait();
  wait_for(POLLOUT, settings_.sweep_period);
  place_.becomes_busy();
}

bool BlockingSession::take_turn() {
  if (!look_if_due(steady_clock::now())) return false;
  renew_date();
  channel_.proceed(bench_.space.replies);
  return true;
}

// Now and then it is looked whether the peer is still there, and has patience.
bool BlockingSession::await_reply() {
  const auto bell = std::make_shared<wire::Doorbell>();
  channel_.when_ready([bell] { bell->ring(); });
  handler_.before_wait();
  // Shutting the socket down does not wake it.
  const milliseconds period = std::min(settings_.sweep_period, milliseconds(100));
  while (!bell->rings_within(period)) {
    if (is_broken(socket_.number()) || !look(steady_clock::now())) return false;
    if (channel_.needs() != Needs::wait) return true;  // it came too late, and was refused
  }
  if (place_.is_to_end()) channel_.close_soon();
  renew_date();
  channel_.proceed(bench_.space.replies);
  return true;
}

bool BlockingSession::look_if_due(Time now) {
  return now - looked_ < settings_.sweep_period || look(now);
}

bool BlockingSession::look(Time now) {
  looked_ = now;
  if (place_.is_cut()) return false;
  switch (deadlines_.look(channel_, moved_, settings_, now)) {
    case Deadlines::Verdict::keep: return true;
    case Deadlines::Verdict::close: return false;
    case Deadlines::Verdict::refuse: break;
  }
  renew_date();
  const bool is_late = channel_.needs() == Needs::wait;
  channel_.refuse_now(is_late ? wire::Refusal::unanswered : wire::Refusal::too_slow,
                      bench_.space.replies);
  return true;
}

// A reply that is cut off must not look whole, and what the system still holds of it is not to wait
// for a peer that takes nothing.
void BlockingSession::leave() {
  if (channel_.phase() == Phase::reply) reset_at_close(socket_.number());
  bench_.space.replies = wire::ReplyBuffers();
}

// After the last reply: the end is said, and what still comes is read and dropped, until the
// connection may be closed (connection_end.h).
void BlockingSession::finish() {
  if (channel_.connection().broken()) return reset_at_close(socket_.number());
  if (may_close_at_once(channel_, socket_.number(), input_full_)) return;
  shutdown(socket_.number(), SHUT_WR);
  if (may_close_by_now(channel_, socket_.number())) return;
  handler_.before_wait();
  discard();
}

void BlockingSession::discard() {
  constexpr auto most = std::chrono::seconds(2);  // for a peer that never stops sending
  auto& input = bench_.space.input;
  const Time end = steady_clock::now() + most;
  place_.awaits_the_rest(end - most);  // what it waits for is worth less than another's request
  for (Time now = end - most; now < end && !place_.is_cut(); now = steady_clock::now()) {
    const auto left = std::chrono::ceil<milliseconds>(end - now);
    if (!wait_for(POLLIN, std::min({left, settings_.sweep_period, milliseconds(100)}))) {
      if (may_close_by_now(channel_, socket_.number())) return;
      continue;
    }
    const ssize_t count = recv(socket_.number(), input.data(), input.size(), MSG_DONTWAIT);
    if (count == 0 || (count < 0 && !is_only_later(errno))) return;
  }
}

// The reply fits a new socket's buffer. What the peer has sent is taken out of the way of the end,
// which it would else make a reset.
void BlockingSession::say_busy() {
  renew_date();
  channel_.refuse_now(wire::Refusal::busy, bench_.space.replies);
  send_now(socket_.number(), channel_.output());
  bench_.space.replies = wire::ReplyBuffers();
  shutdown(socket_.number(), SHUT_WR);
  recv(socket_.number(), bench_.space.input.data(), bench_.space.input.size(), MSG_DONTWAIT);
}

void BlockingSession::make_blocking() const {
  fcntl(socket_.number(), F_SETFL, 0);
  set_timeout(socket_.number(), SO_RCVTIMEO, settings_.sweep_period);
  set_timeout(socket_.number(), SO_SNDTIMEO, settings_.sweep_period);  // macOS: see next_piece
}

bool BlockingSession::wait_for(short events, milliseconds limit) const {
  pollfd file{socket_.number(), events, 0};
  return poll(&file, 1, static_cast<int>(limit.count())) > 0;
}

void BlockingSession::renew_date() {
  const std::time_t second = std::time(nullptr);
  if (std::exchange(bench_.date_second, second) != second) bench_.date.renew(second);
}

}  // namespace assay::runtime
