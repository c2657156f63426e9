// The highest rate that a server keeps, found by halving and then confirmed by a load of its own.
// Pure but for what the caller's probes do.
#pragma once
#include <functional>
#include <optional>

#include "harness/load/summary/summary.h"

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

// What is found on short loads may be the luck of one: the rate, or one a little below it, once it
// is kept again. Nothing when none of five is kept, or when it was called off.
std::optional<double> confirmed_rate(double found, const RateProbe& is_kept);

// Whether a load in an open loop kept its rate: as far as arrivals that come by chance allow, with
// p99 within the limit, and with no more errors than a trial may have.
bool is_kept(const load::Summary& summary, double p99_limit_ms);

inline constexpr double tolerated_error_share = 0.001;  // of all requests of a trial

}  // namespace assay::lab
