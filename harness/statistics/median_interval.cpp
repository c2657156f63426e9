#include "harness/statistics/median_interval.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "harness/statistics/rank_bounds.h"

namespace assay::statistics {
namespace {

// The chance that so many of `size` values lie below the median, for none to half of them. In
// logarithms, because 2^-n is no double any more when n is above 1,074.
std::vector<double> chances_below(std::size_t size) {
  const auto n = static_cast<double>(size);
  std::vector<double> chances(size / 2 + 1);
  double logarithm = -n * std::numbers::ln2;
  for (std::size_t below = 0; below < chances.size(); ++below) {
    chances[below] = std::exp(logarithm);
    const auto k = static_cast<double>(below);
    logarithm += std::log((n - k) / (k + 1));
  }
  return chances;
}

// Between two values the chance does not fall on a straight line. On this curve it does so exactly
// if the sample is from a double exponential distribution, and nearly if it is from any other.
double bent(double inward, std::size_t rank, std::size_t size) {
  const auto k = static_cast<double>(rank);
  const auto n = static_cast<double>(size);
  return (n - k) * inward / (k + (n - 2 * k) * inward);
}

}  // namespace

std::optional<Interval> median_interval(std::span<const double> sample) {
  const auto finite = [](double value) { return std::isfinite(value); };
  if (!std::all_of(sample.begin(), sample.end(), finite)) return std::nullopt;
  std::optional<RankBounds> bounds = rank_bounds(chances_below(sample.size()), usual_confidence);
  if (!bounds) return std::nullopt;
  bounds->inward = bent(bounds->inward, bounds->rank, sample.size());
  std::vector<double> sorted(sample.begin(), sample.end());
  std::sort(sorted.begin(), sorted.end());
  return between(sorted, *bounds);
}

}  // namespace assay::statistics
