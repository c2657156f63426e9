#include "harness/load/loop/fetch.h"

#include <poll.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "harness/load/reply/reply_parser.h"
#include "harness/load/socket/reach.h"
#include "harness/load/socket/readiness.h"
#include "harness/load/socket/stream.h"
#include "harness/load/socket/url.h"

namespace assay::load {
namespace {

using Next = ReplyParser::Next;

// Empty, or what went wrong.
std::string send_all(Stream& stream, std::string_view bytes, TimePoint deadline) {
  while (!bytes.empty()) {
    const ssize_t count = stream.send(bytes);
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EAGAIN && errno != EINTR) {
      return std::strerror(errno);
    } else if (!is_ready(stream.number(), POLLOUT, deadline)) {
      return "it took too long";
    }
  }
  return {};
}

// A reply as far as it has come.
struct Arrival {
  ReplyParser parser;
  Reply reply;
  bool is_complete = false;
  std::string wrong;  // empty while nothing is
};

void take(Arrival& arrival, std::string_view bytes) {
  while (true) {
    const ReplyParser::Step step = arrival.parser.feed(bytes);
    bytes.remove_prefix(step.used);
    arrival.reply.body += step.body;
    if (step.next == Next::head) {
      arrival.reply.status = arrival.parser.head().status;
      arrival.reply.content_type = arrival.parser.head().content_type;
    }
    if (step.next == Next::fault) arrival.wrong = text(arrival.parser.fault());
    if (step.next == Next::complete) arrival.is_complete = true;
    if (step.next == Next::fault || step.next == Next::complete) return;
    if (step.next == Next::more && bytes.empty()) return;
  }
}

void receive(Arrival& arrival, Stream& stream, TimePoint deadline) {
  std::array<char, 16384> buffer;
  while (!arrival.is_complete && arrival.wrong.empty()) {
    const ssize_t count = stream.receive(buffer);
    if (count > 0) {
      take(arrival, {buffer.data(), static_cast<std::size_t>(count)});
    } else if (count == 0) {
      arrival.is_complete = arrival.parser.end_of_stream().next == Next::complete;
      if (!arrival.is_complete) arrival.wrong = "the connection ended before the reply did";
    } else if (errno != EAGAIN && errno != EINTR) {
      arrival.wrong = std::strerror(errno);
    } else if (!is_ready(stream.number(), POLLIN, deadline)) {
      arrival.wrong = "it took too long";
    }
  }
}

Result<std::unique_ptr<Tls>> tls_of(const Target& target) {
  if (!target.tls) return std::unique_ptr<Tls>();
  return Tls::of(*target.tls, target.host);
}

}  // namespace

Result<Reply> fetch(const Target& target, const Request& request, nanoseconds timeout) {
  const TimePoint deadline = Clock::now() + timeout;
  const Result<std::unique_ptr<Tls>> tls = tls_of(target);
  if (!tls) return tls.error();
  Result<Stream> stream = standing_stream(target, tls->get(), timeout);
  if (!stream) return stream.error();
  const Scheme scheme = target.tls ? Scheme::https : Scheme::http;
  const std::string bytes = wire_bytes(request, authority(target.host, target.port, scheme), false);
  Arrival arrival;
  arrival.parser.start(request.method == "HEAD");
  // Who refuses a request early may have answered all the same.
  const std::string unsent = send_all(*stream, bytes, deadline);
  receive(arrival, *stream, deadline);
  if (arrival.is_complete) return std::move(arrival.reply);
  return LoadError::no_reply(place(target), as_curl_takes_it(target),
                             unsent.empty() ? arrival.wrong : unsent);
}

Result<Reply> fetch(const std::string& host, std::uint16_t port, const Request& request,
                    nanoseconds timeout) {
  Target target;
  target.host = host;
  target.port = port;
  return fetch(target, request, timeout);
}

}  // namespace assay::load
