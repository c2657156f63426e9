// 95 % intervals of a median, whatever distribution the sample is drawn from. Pure; any thread.
//
// Each value lies below the median of what it was drawn from with probability 1/2. So binomial sums
// say exactly how often the k-th value from below and the k-th from above enclose that median: of
// eight values the first and last in 99.2 % of cases, the second and seventh in 93.0 %. The
// interval ends between such values, where 95 % lies (Hettmansperger and Sheather 1986). Simulated
// with normal, log-normal, skewed, long-tailed and spoiled samples of 6 to 30 values it held the
// median in 94 to 96 % of cases; the BCa bootstrap of the median in 87 (of seven) to 94 %.
//
// No interval (nullopt) below six values: the range of five encloses the median in 93.75 % of
// cases, so nothing within it can promise 95 %. None either for values that are not finite.
#pragma once

#include <optional>
#include <span>

#include "harness/statistics/interval.h"
#include "harness/statistics/paired_ratio.h"  // for those that look for it here

namespace assay::statistics {

std::optional<Interval> median_interval(std::span<const double> sample);

}  // namespace assay::statistics
