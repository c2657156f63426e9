// Which of some sorted values bound an interval, from the distribution of a rank statistic. Pure;
// any thread.
//
// A rank statistic says how many of the sorted values lie below the truth. If that is at most k - 1
// with chance a, the k-th values from both ends enclose the truth with chance 1 - 2 a. A few values
// leave few such chances, so the ends lie `inward` of the way to the next value, where the chance
// is the one that was asked for.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "harness/statistics/interval.h"

namespace assay::statistics {

struct RankBounds {
  std::size_t rank = 1;  // counted from either end
  double inward = 0;     // 0: at that value; 1: at the next one
};

// `chances`: of each value of the statistic from 0 up, the same from both ends. Nothing when even
// the outermost values enclose the truth too seldom.
std::optional<RankBounds> rank_bounds(std::span<const double> chances, double confidence) noexcept;

// The same for a statistic with too many values to count, by the normal distribution.
std::optional<RankBounds> normal_rank_bounds(double mean, double variance,
                                             double confidence) noexcept;

// REQUIRES: `sorted` holds more than `bounds.rank` values
Interval between(std::span<const double> sorted, const RankBounds& bounds);

}  // namespace assay::statistics
