// 95 % intervals by BCa bootstrap (Efron 1987), 10,000 resamples. Pure; any thread; the same sample
// and seed give the same interval on every host.
//
// No interval (nullopt) below six values: the range of five holds the median of what they were
// drawn from in 93.75 % of cases, so no method can promise 95 %. None either for values that are
// not finite, for ratios of values that are not positive, and for sides of unequal length. Equal
// values give an interval of no width.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "harness/statistics/interval.h"

namespace assay::statistics {

inline constexpr std::size_t fewest_for_an_interval = 6;

std::optional<Interval> median_interval(std::span<const double> sample, std::uint64_t seed);

// Ours over theirs, paired by block: the geometric median of the ratios. Pairs are kept together,
// so what slowed a whole block (a busy host) cancels out.
std::optional<Interval> paired_ratio(std::span<const double> ours, std::span<const double> theirs,
                                     std::uint64_t seed);

}  // namespace assay::statistics
