#include "harness/lab/trial/readiness.h"

#include <charconv>
#include <chrono>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "harness/lab/file_text.h"
#include "harness/lab/host/host.h"
#include "harness/load/loop/fetch.h"

namespace assay::lab {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds limit{60};

std::string with_log(const std::string& reason, const std::filesystem::path& log) {
  const std::string last = last_line(log);
  return last.empty() ? reason : fmt::format("{}; it said last: {}", reason, last);
}

// A server that shares its port with another answers some of the requests, the other the rest.
std::string owner_fault(std::uint16_t port, pid_t group) {
  const PortOwners owners = owners_of_port(port, group);
  if (!owners.group) return fmt::format("the wrong process: port {} is not the server's", port);
  if (owners.others) return fmt::format("another process listens on its port {} too", port);
  return {};
}

}  // namespace

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

bool is_announcement_only(const std::filesystem::path& log) {
  const std::string text = text_of(log).value_or("");
  return announced_port(log) && text.starts_with("listening on ") &&
         text.find('\n') + 1 == text.size();
}

Readiness await_ready(ServerProcess& server, const std::filesystem::path& log,
                      const load::Stop& stop) {
  // The page that every server has for its facts; one without it answers that it has none.
  const load::Request request{"GET", "/__assay__", {}, {}};
  const auto deadline = Clock::now() + limit;
  while (Clock::now() < deadline && !stop.requested()) {
    if (const auto end = server.ended()) return {0, with_log("the server " + *end, log)};
    if (const auto port = announced_port(log)) {
      if (load::fetch(server_host, *port, request, std::chrono::seconds(2))) {
        return {*port, owner_fault(*port, server.group())};
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (stop.requested()) return {0, "cut short"};
  return {0, with_log(fmt::format("not ready within {} s", limit.count()), log)};
}

}  // namespace assay::lab
