#include "harness/lab/trial/capacity_search.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "harness/load/clock.h"
#include "harness/load/summary/warning.h"

namespace assay::lab {

std::optional<double> highest_rate(double ceiling, const CapacityRule& rule,
                                   const RateProbe& is_kept) {
  constexpr double headroom = 1.05;  // a closed loop's rate has an error of its own
  double kept = 0;
  double lost = ceiling * headroom;
  for (int probe = 0; probe < rule.most_probes && lost - kept > rule.precision * lost; ++probe) {
    const double middle = (kept + lost) / 2;
    const auto answer = is_kept(middle);
    if (!answer) return std::nullopt;
    (*answer ? kept : lost) = middle;
  }
  return kept > 0 ? std::optional(kept) : std::nullopt;
}

std::optional<double> confirmed_rate(double found, const RateProbe& is_kept) {
  constexpr int confirmations = 5;
  constexpr double step = 0.97;
  double rate = found;
  for (int i = 0; i < confirmations; ++i, rate *= step) {
    const auto answer = is_kept(rate);
    if (!answer) return std::nullopt;
    if (*answer) return rate;
  }
  return std::nullopt;
}

bool is_kept(const load::Summary& summary, double p99_limit_ms) {
  const load::Tally& tally = summary.tally;
  const double p99_ms = load::in_microseconds(tally.latency.percentile(0.99)) / 1000;
  const auto errors = static_cast<double>(tally.errors.total());
  const std::vector<load::Warning> warnings = summary.warnings();
  const bool is_missed =
      std::any_of(warnings.begin(), warnings.end(), [](const load::Warning& warning) {
        return std::holds_alternative<load::RateNotReached>(warning);
      });
  return tally.requests > 0 && !is_missed && p99_ms <= p99_limit_ms &&
         errors <= tolerated_error_share * static_cast<double>(tally.ended());
}

}  // namespace assay::lab
