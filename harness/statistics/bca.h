// A 95 % interval for any statistic, by drawing again from the sample: the bootstrap, corrected for
// bias and skewness (BCa: Efron 1987). Pure; the same seed gives the same interval on every host.
//
// The laboratory uses it nowhere. The first design wanted it for every figure, and it holds less
// than it promises of few units: simulated with log-normal noise, the interval of a mean held the
// truth in 88 % of cases with 8 units, 90 % with 10, 91 % with 15, 92 % with 20; that of a median,
// which has few values to draw, in 93 % with 6, 87 with 7, 92 with 8, 94 with 10, 92 with 15. So
// medians, ratios and fits have `median_interval`, `paired_ratio` and `fit_blocks`, which keep
// their 95 %. It is here for a statistic that has no interval of its own, and to show the
// difference.
//
// No interval (nullopt) below six units, for values that are not finite, when the statistic is not
// finite for some draw, and when all draws lie on one side of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "harness/statistics/interval.h"

namespace assay::statistics {

inline constexpr int usual_resamples = 10'000;  // above 0 wherever they are given

// What the statistic is of the drawn values; of the drawn units (trials, blocks) by their numbers.
using ValueStatistic = std::function<double(std::span<const double> drawn)>;
using UnitStatistic = std::function<double(std::span<const std::size_t> drawn)>;

std::optional<Interval> bca_interval(std::span<const double> sample,
                                     const ValueStatistic& statistic, std::uint64_t seed,
                                     int resamples = usual_resamples);

// Units are drawn whole, so that what a block's trials have in common stays together.
std::optional<Interval> bca_interval(std::size_t units, const UnitStatistic& statistic,
                                     std::uint64_t seed, int resamples = usual_resamples);

}  // namespace assay::statistics
