#include "harness/lab/verify.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "harness/lab/file_text.h"
#include "harness/load/fetch.h"

namespace assay::lab {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds readiness_limit{20};

std::string excerpt(const std::string& body, std::size_t from) {
  const std::size_t start = from > 20 ? from - 20 : 0;
  return fmt::format("{}{}{}", start > 0 ? "..." : "", printable(body.substr(start, 60)),
                     body.size() > start + 60 ? "..." : "");
}

std::string with_log(const std::string& reason, const std::filesystem::path& log) {
  const std::string last = last_line(log);
  return last.empty() ? reason : fmt::format("{}; it said last: {}", reason, last);
}

std::string body_difference(const std::string& body, const std::string& expected) {
  const auto at = std::mismatch(body.begin(), body.end(), expected.begin(), expected.end());
  const auto offset = static_cast<std::size_t>(at.first - body.begin());
  return fmt::format(
      "a body of {} bytes that differs at byte {} from the {} expected: [{}] for [{}]", body.size(),
      offset, expected.size(), excerpt(body, offset), excerpt(expected, offset));
}

}  // namespace

load::Expectation expectation_of(const Workload& workload) {
  return {workload.status, workload.media_type, workload.body};
}

std::string difference(const Workload& workload, const load::Reply& reply) {
  const auto mismatch = load::check(expectation_of(workload), reply);
  if (!mismatch) return {};
  switch (*mismatch) {
    case load::Mismatch::status:
      return fmt::format("status {} where {} is expected", reply.status, workload.status);
    case load::Mismatch::type:
      return fmt::format("content type \"{}\" where {} is expected", printable(reply.content_type),
                         workload.media_type);
    case load::Mismatch::length:
    case load::Mismatch::body: break;
  }
  return body_difference(reply.body, workload.body);
}

std::optional<std::uint16_t> announced_port(const std::filesystem::path& log) {
  constexpr std::string_view words = "listening on http://";
  const std::string text = text_of(log).value_or("");
  const std::size_t start = text.find(words);
  if (start == text.npos) return std::nullopt;
  const std::size_t end = text.find('\n', start);
  if (end == text.npos) return std::nullopt;  // the line is still being written
  const std::string line = text.substr(start, end - start);
  const std::string digits = line.substr(line.rfind(':') + 1);
  std::uint16_t port = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (parsed.ec != std::errc() || port == 0) return std::nullopt;
  return port;
}

Readiness await_reply(ServerProcess& server, const Workload& workload,
                      const std::filesystem::path& log, const load::Stop& stop) {
  const auto deadline = Clock::now() + readiness_limit;
  while (Clock::now() < deadline && !stop.requested()) {
    if (const auto end = server.ended()) return {0, with_log("the server " + *end, log)};
    if (const auto port = announced_port(log)) {
      const auto reply = load::fetch(server_host, *port, {workload.method, workload.path, {}, {}},
                                     std::chrono::seconds(2));
      if (reply) return {*port, difference(workload, *reply)};
    }
    std::this_thread::sleep_for(milliseconds(10));
  }
  if (stop.requested()) return {0, "cut short"};
  return {0, with_log(fmt::format("not ready within {} s", readiness_limit.count()), log)};
}

}  // namespace assay::lab
