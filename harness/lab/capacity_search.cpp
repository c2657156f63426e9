#include "harness/lab/capacity_search.h"

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

}  // namespace assay::lab
