#include "harness/cost/reply_sample.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "harness/load/reply/reply_parser.h"
#include "harness/load/socket/readiness.h"
#include "harness/load/socket/socket.h"

namespace assay::cost {
namespace {

using load::ReplyParser;
using Next = ReplyParser::Next;

constexpr auto patience = std::chrono::seconds(5);
constexpr int ok = 200;

bool has_sent(int socket, std::string_view request, load::TimePoint deadline) {
  return load::is_ready(socket, POLLOUT, deadline) &&
         ::send(socket, request.data(), request.size(), load::send_flags) ==
             static_cast<ssize_t>(request.size());
}

// Takes what `bytes` hold of the reply; what the parser said last.
Next take(ReplyParser& parser, std::string_view bytes, ReplySample& sample) {
  for (;;) {
    const ReplyParser::Step step = parser.feed(bytes);
    bytes.remove_prefix(step.used);
    sample.bytes += step.used;
    sample.body += step.body;
    if (step.next == Next::more || step.next == Next::complete || step.next == Next::fault) {
      return step.next;
    }
  }
}

}  // namespace

Result<ReplySample> reply_sample(const load::Address& address, std::string_view request,
                                 std::string_view name, std::string_view row) {
  const auto wrong = [&](std::string_view fault) {
    return CostError::wrong_reply(name, row, fault);
  };
  const load::TimePoint deadline = load::Clock::now() + patience;
  const load::Descriptor socket = load::open_stream_socket(address.family());
  const int asked = connect(socket.number(), address.get(), address.length);
  if (asked != 0 && errno != EINPROGRESS) return wrong(std::strerror(errno));
  if (!has_sent(socket.number(), request, deadline)) return wrong("it took no request");
  ReplySample sample;
  ReplyParser parser;
  parser.start(false);
  std::array<char, 65536> buffer;
  Next next = Next::more;
  while (next == Next::more) {
    const bool is_ready = load::is_ready(socket.number(), POLLIN, deadline);
    const ssize_t count = is_ready ? recv(socket.number(), buffer.data(), buffer.size(), 0) : -1;
    if (count <= 0) return wrong(count == 0 ? "it closed within its reply" : "it gave no reply");
    next = take(parser, {buffer.data(), static_cast<std::size_t>(count)}, sample);
  }
  if (next == Next::fault) return wrong("its reply is not HTTP/1.1");
  if (parser.head().status != ok) return wrong(fmt::format("status {}", parser.head().status));
  return sample;
}

}  // namespace assay::cost
