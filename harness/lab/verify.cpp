#include "harness/lab/verify.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "harness/load/fetch.h"

namespace assay::lab {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds readiness_limit{20};

// "application/json; charset=utf-8" is "application/json".
std::string media_type(const std::string& type) {
  std::string media = type.substr(0, type.find(';'));
  media.erase(media.find_last_not_of(' ') + 1);
  return media;
}

std::string excerpt(const std::string& body, std::size_t from) {
  const std::size_t start = from > 20 ? from - 20 : 0;
  return fmt::format("{}{}{}", start > 0 ? "..." : "", body.substr(start, 60),
                     body.size() > start + 60 ? "..." : "");
}

std::string with_log(const std::string& reason, const std::filesystem::path& log) {
  const std::string last = last_line(log);
  return last.empty() ? reason : fmt::format("{}; it said last: {}", reason, last);
}

}  // namespace

std::string difference(const Workload& workload, const load::Reply& reply) {
  if (reply.status != workload.status) {
    return fmt::format("status {} where {} is expected", reply.status, workload.status);
  }
  if (media_type(reply.content_type) != workload.media_type) {
    return fmt::format("content type \"{}\" where {} is expected", reply.content_type,
                       workload.media_type);
  }
  if (reply.body == workload.body) return {};
  const auto at = std::mismatch(reply.body.begin(), reply.body.end(), workload.body.begin(),
                                workload.body.end());
  const auto offset = static_cast<std::size_t>(at.first - reply.body.begin());
  return fmt::format(
      "a body of {} bytes that differs at byte {} from the {} expected: [{}] for [{}]",
      reply.body.size(), offset, workload.body.size(), excerpt(reply.body, offset),
      excerpt(workload.body, offset));
}

std::string await_reply(ServerProcess& server, const Workload& workload, const std::string& host,
                        std::uint16_t port, const std::filesystem::path& log) {
  const auto deadline = Clock::now() + readiness_limit;
  while (Clock::now() < deadline) {
    if (const auto end = server.ended()) return with_log("the server " + *end, log);
    const auto reply =
        load::fetch(host, port, {workload.method, workload.path, {}, {}}, milliseconds(2000));
    if (reply) return difference(workload, *reply);
    std::this_thread::sleep_for(milliseconds(20));
  }
  return with_log(fmt::format("no reply within {} s", readiness_limit.count()), log);
}

}  // namespace assay::lab
