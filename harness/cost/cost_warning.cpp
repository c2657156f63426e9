#include "harness/cost/cost_warning.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::cost {
namespace {

constexpr std::uint64_t enough_connections = 16;
constexpr double busy = 0.85;  // of a core

std::string sentence(const ForeignLoad& warning) {
  return fmt::format(
      "neither server nor client had a core to itself at {}: other programs ran; measure again on "
      "a quiet machine",
      fmt::join(warning.rows, ", "));
}

std::string sentence(const WaitingFloor& warning) {
  return fmt::format(
      "the floor waited for the client at {}, so the ratios there are a little too good; the "
      "pipelined rows show a busy floor",
      fmt::join(warning.rows, ", "));
}

}  // namespace

std::vector<CostWarning> warnings_of(const std::vector<RowFigures>& rows) {
  ForeignLoad foreign;
  WaitingFloor waiting;
  for (const RowFigures& row : rows) {
    if (row.connections < enough_connections || row.servers.empty()) continue;
    const std::string name = fmt::format("{} {}", row.shape, row.connections);
    const auto is_idle = [](const ServerFigures& each) {
      return std::max(each.server_cores, each.client_cores) < busy;
    };
    if (std::any_of(row.servers.begin(), row.servers.end(), is_idle)) {
      foreign.rows.push_back(name);
    } else if (row.servers.front().server_cores < busy) {
      waiting.rows.push_back(name);
    }
  }
  std::vector<CostWarning> warnings;
  if (!foreign.rows.empty()) warnings.emplace_back(foreign);
  if (!waiting.rows.empty()) warnings.emplace_back(waiting);
  return warnings;
}

std::string text(const CostWarning& warning) {
  return std::visit([](const auto& each) { return sentence(each); }, warning);
}

}  // namespace assay::cost
