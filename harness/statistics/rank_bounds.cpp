#include "harness/statistics/rank_bounds.h"

#include <cmath>

#include "harness/statistics/median.h"
#include "harness/statistics/normal.h"

namespace assay::statistics {

std::optional<RankBounds> rank_bounds(std::span<const double> chances, double confidence) noexcept {
  const double tail = (1 - confidence) / 2;
  double up_to = 0;
  for (std::size_t rank = 0; rank < chances.size(); ++rank) {
    if (up_to + chances[rank] > tail) {
      if (rank == 0) return std::nullopt;
      return RankBounds{rank, (tail - up_to) / chances[rank]};
    }
    up_to += chances[rank];
  }
  return std::nullopt;
}

std::optional<RankBounds> normal_rank_bounds(double mean, double variance,
                                             double confidence) noexcept {
  const double place = mean + 0.5 + normal_quantile((1 - confidence) / 2) * std::sqrt(variance);
  if (place < 1) return std::nullopt;
  const double rank = std::floor(place);
  return RankBounds{static_cast<std::size_t>(rank), place - rank};
}

Interval between(std::span<const double> sorted, const RankBounds& bounds) {
  const std::size_t left = bounds.rank - 1;
  const std::size_t right = sorted.size() - bounds.rank;
  // A share of each, so that infinite or equal neighbours cannot make a value of their own.
  const auto mixed = [&](double outer, double inner) {
    return outer == inner ? outer : (1 - bounds.inward) * outer + bounds.inward * inner;
  };
  return {median(sorted), mixed(sorted[left], sorted[left + 1]),
          mixed(sorted[right], sorted[right - 1])};
}

}  // namespace assay::statistics
