#include "harness/load/fetch.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "harness/load/address.h"
#include "harness/load/readiness.h"
#include "harness/load/reply_parser.h"
#include "harness/load/socket.h"
#include "harness/load/url.h"

namespace assay::load {
namespace {

using Next = ReplyParser::Next;

// Empty, or what went wrong.
std::string send_all(int socket, std::string_view bytes, TimePoint deadline) {
  while (!bytes.empty()) {
    if (!is_ready(socket, POLLOUT, deadline)) return "it took too long";
    const ssize_t count = send(socket, bytes.data(), bytes.size(), send_flags);
    if (count < 0 && errno == EAGAIN) continue;
    if (count < 0) return std::strerror(errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
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

void receive(Arrival& arrival, int socket, TimePoint deadline) {
  std::array<char, 16384> buffer;
  while (!arrival.is_complete && arrival.wrong.empty()) {
    if (!is_ready(socket, POLLIN, deadline)) {
      arrival.wrong = "it took too long";
      return;
    }
    const ssize_t count = recv(socket, buffer.data(), buffer.size(), 0);
    if (count < 0 && errno != EAGAIN) arrival.wrong = std::strerror(errno);
    if (count > 0) take(arrival, {buffer.data(), static_cast<std::size_t>(count)});
    if (count != 0) continue;
    arrival.is_complete = arrival.parser.end_of_stream().next == Next::complete;
    if (!arrival.is_complete) arrival.wrong = "the connection ended before the reply did";
  }
}

}  // namespace

Result<Reply> fetch(const std::string& host, std::uint16_t port, const Request& request,
                    nanoseconds timeout) {
  const TimePoint deadline = Clock::now() + timeout;
  const Result<Address> address = reachable_address(host, port, timeout);
  if (!address) return address.error();
  const Descriptor socket = open_stream_socket(address->family());
  if (!socket.is_open()) return LoadError::out_of_files(std::strerror(errno));
  if (connect(socket.number(), address->get(), address->length) != 0 && errno != EINPROGRESS) {
    return LoadError::unreachable(host, port, std::strerror(errno));
  }
  const std::string bytes = wire_bytes(request, authority(host, port), false);
  Arrival arrival;
  arrival.parser.start(request.method == "HEAD");
  arrival.wrong = send_all(socket.number(), bytes, deadline);
  receive(arrival, socket.number(), deadline);
  if (!arrival.is_complete) return LoadError::no_reply(host, port, arrival.wrong);
  return std::move(arrival.reply);
}

}  // namespace assay::load
