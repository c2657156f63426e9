// 95 % intervals of a median, from one value of the sample to another. Pure; any thread.
//
// Each value lies below the median of what it was drawn from with probability 1/2, whatever the
// distribution. So binomial sums say exactly how often the k-th value from below and the k-th from
// above enclose that median; the interval is the narrowest such pair that does so in 95 % of cases
// or more: six to eight values give lowest to highest, nine give the second to the eighth.
//
// No interval (nullopt) below six values: the range of five encloses the median in 93.75 % of
// cases, so no pair can promise 95 %. None either for values that are not finite, for ratios of
// values that are not positive, and for sides of unequal length.
#pragma once

#include <optional>
#include <span>

#include "harness/statistics/interval.h"

namespace assay::statistics {

std::optional<Interval> median_interval(std::span<const double> sample);

// Ours over theirs, paired by block: the geometric median of the ratios. Pairs are kept together,
// so what slowed a whole block (a busy host) cancels out.
std::optional<Interval> paired_ratio(std::span<const double> ours, std::span<const double> theirs);

}  // namespace assay::statistics
