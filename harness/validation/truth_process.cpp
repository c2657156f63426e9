#include "harness/validation/truth_process.h"

#include <utility>

#include "harness/load/loop/fetch.h"
#include "harness/load/socket/url.h"
#include "server/model/json_read.h"

namespace assay::validation {
namespace {

constexpr auto patience = std::chrono::seconds(10);
constexpr auto glance = std::chrono::milliseconds(5);
constexpr std::string_view announcement = "listening on ";
constexpr const char* here = "127.0.0.1";

// Where it says that it listens, once the line is whole.
std::optional<std::uint16_t> announced(const std::string& said) {
  const std::size_t found = said.find(announcement);
  if (found == said.npos) return std::nullopt;
  const std::size_t begin = found + announcement.size();
  const std::size_t end = said.find_first_of(" \r\n", begin);
  if (end == said.npos) return std::nullopt;
  const auto url = load::parse_url(said.substr(begin, end - begin));
  return url ? std::optional(url->port) : std::nullopt;
}

}  // namespace

Result<TruthProcess> TruthProcess::start(const std::string& program,
                                         std::vector<std::string> options, const load::Stop& stop) {
  cost::Launch launch;
  launch.command = std::move(options);
  launch.command.insert(launch.command.begin(), {program, "--port", "0"});
  cost::Result<cost::Child> child = cost::Child::start(launch);
  if (!child) return ValidationError::out_of_system("process", child.error().what());
  const load::TimePoint deadline = load::Clock::now() + patience;
  while (!child->ended() && !stop.requested() && load::Clock::now() < deadline) {
    if (const auto port = announced(child->said())) return TruthProcess(std::move(*child), *port);
    (void)child->wait(glance, stop);
  }
  if (stop.requested()) return ValidationError::interrupted();
  return ValidationError::no_server(program, child->last_words());
}

Result<truth::TruthRecord> TruthProcess::record() const {
  const auto reply = load::fetch(here, port_, {"GET", "/__truth__", {}, {}});
  if (!reply) return ValidationError::no_record(reply.error().what());
  auto reading = model::from_json<truth::TruthRecord>(reply->body);
  if (!reading.ok()) return ValidationError::no_record(model::text(reading.problems.front()));
  return std::move(reading.value);
}

}  // namespace assay::validation
