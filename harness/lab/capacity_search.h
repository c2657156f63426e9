// The highest rate that a server keeps, found by halving. Pure but for what the caller's probes do.
#pragma once
#include <functional>
#include <optional>

namespace assay::lab {

struct CapacityRule {
  double precision = 0.02;  // how far apart, as a share, a kept rate and one that is not may end
  int most_probes = 14;
};

// Whether a rate is kept, measured by the caller; nothing: the search is called off.
using RateProbe = std::function<std::optional<bool>(double rate)>;

// `ceiling`: the rate in a closed loop, beyond which no rate is kept for long. Nothing when no rate
// that was tried is kept, or when it was called off.
std::optional<double> highest_rate(double ceiling, const CapacityRule& rule,
                                   const RateProbe& is_kept);

}  // namespace assay::lab
