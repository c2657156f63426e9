#include "harness/statistics/median_interval.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "harness/statistics/median.h"

namespace assay::statistics {
namespace {

constexpr double tail = 0.025;

bool is_finite(double value) { return std::isfinite(value); }
bool is_positive(double value) { return std::isfinite(value) && value > 0; }

// The rank, counted from either end, of the values that bound the interval; 0: there is none. In
// logarithms, because 2^-n is no double any more when n is above 1,074.
std::size_t bounding_rank(std::size_t size) {
  const auto n = static_cast<double>(size);
  double logarithm = -n * std::numbers::ln2;  // of the chance that just `below` values are too low
  double too_few = 0;                         // the chance that at most `below` are
  for (std::size_t below = 0; below < size; ++below) {
    too_few += std::exp(logarithm);
    if (too_few > tail) return below;
    const auto k = static_cast<double>(below);
    logarithm += std::log((n - k) / (k + 1));
  }
  return 0;
}

}  // namespace

std::optional<Interval> median_interval(std::span<const double> sample) {
  if (!std::all_of(sample.begin(), sample.end(), is_finite)) return std::nullopt;
  const std::size_t rank = bounding_rank(sample.size());
  if (rank == 0) return std::nullopt;
  std::vector<double> sorted(sample.begin(), sample.end());
  std::sort(sorted.begin(), sorted.end());
  return Interval{median(sorted), sorted[rank - 1], sorted[sorted.size() - rank]};
}

std::optional<Interval> paired_ratio(std::span<const double> ours, std::span<const double> theirs) {
  if (ours.size() != theirs.size()) return std::nullopt;
  if (!std::all_of(ours.begin(), ours.end(), is_positive)) return std::nullopt;
  if (!std::all_of(theirs.begin(), theirs.end(), is_positive)) return std::nullopt;
  std::vector<double> logarithms(ours.size());
  std::transform(ours.begin(), ours.end(), theirs.begin(), logarithms.begin(),
                 [](double our, double their) { return std::log(our) - std::log(their); });
  const std::optional<Interval> interval = median_interval(logarithms);
  if (!interval) return std::nullopt;
  return Interval{std::exp(interval->median), std::exp(interval->low), std::exp(interval->high)};
}

}  // namespace assay::statistics
