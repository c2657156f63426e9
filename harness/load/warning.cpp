#include "harness/load/warning.h"

#include <fmt/format.h>

namespace assay::load {
namespace {

std::string sentence(const ClientBound& warning) {
  return fmt::format(
      "the client was the limit: its busiest thread used {:.2f} of a core; try -t {}",
      warning.client_cpu, warning.threads + 1);
}

std::string sentence(const LittlesLawOff& warning) {
  return fmt::format(
      "rate x mean latency is {:+.1f} % off the number of connections: connections stood idle or "
      "the host was busy; measure again, for longer",
      warning.residual * 100);
}

std::string sentence(const RequestsFailed& warning) {
  return fmt::format("{} of {} requests failed; the rate counts right replies only", warning.failed,
                     warning.in_all);
}

std::string sentence(const CutShort& warning) {
  return fmt::format("cut short after {:.1f} s: what follows is what was measured until then",
                     warning.after_s);
}

}  // namespace

std::string text(const Warning& warning) {
  return std::visit([](const auto& value) { return sentence(value); }, warning);
}

}  // namespace assay::load
