#include "harness/statistics/scaling_interval.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/statistics/median_interval.h"

namespace assay::statistics {
namespace {

using Laws = std::vector<ScalingLaw>;

// What `parameter` gives of each law; `estimate` is that of the law of all blocks.
template <class Parameter>
Interval interval_of(const Laws& laws, double estimate, const Parameter& parameter) {
  std::vector<double> values(laws.size());
  std::transform(laws.begin(), laws.end(), values.begin(), parameter);
  const Interval found =
      median_interval(values).value();  // six finite values or more: there is one
  return {estimate, std::min(estimate, std::max(0.0, found.low)), std::max(estimate, found.high)};
}

constexpr double beyond_all_workers = 1e6;

// Whether the law falls at so many workers, by the sign of this: above 0 it does. The peak itself
// is no number to take a median of: where sigma is near 1, as of a server that a lock serialises,
// 1 - sigma changes its sign from block to block, and a quotient of it leaps from end to end.
Interval fall_at(const Laws& laws, double workers) {
  std::vector<double> values(laws.size());
  std::transform(laws.begin(), laws.end(), values.begin(), [workers](const ScalingLaw& law) {
    return law.kappa - (1 - law.sigma) / (workers * workers);
  });
  return median_interval(values).value();
}

// The fewest workers at which `is_so`, by halving what they are turned over; infinite if nowhere.
template <class Condition>
double fewest_workers(const Condition& is_so) {
  if (is_so(1)) return 1;
  if (!is_so(beyond_all_workers)) return std::numeric_limits<double>::infinity();
  double enough = 1 / beyond_all_workers;
  double too_few = 1;
  for (int step = 0; step < 50; ++step) {
    const double middle = (enough + too_few) / 2;
    (is_so(1 / middle) ? enough : too_few) = middle;
  }
  return 1 / enough;
}

// The workers from which the law may fall, and those from which it does.
Interval peak_of(const Laws& laws, const ScalingLaw& law) {
  const double peak = peak_workers(law).value_or(std::numeric_limits<double>::infinity());
  const double low = fewest_workers([&](double at) { return fall_at(laws, at).high >= 0; });
  const double high = fewest_workers([&](double at) { return fall_at(laws, at).low > 0; });
  return {peak, std::min(peak, low), std::max(peak, high)};
}

}  // namespace

std::optional<ScalingFit> fit_blocks(ScalingModel model,
                                     std::span<const std::vector<Throughput>> blocks) {
  constexpr std::size_t fewest_blocks = 6;
  if (blocks.size() < fewest_blocks) return std::nullopt;
  std::vector<Throughput> points;
  Laws laws;
  for (const std::vector<Throughput>& block : blocks) {
    const auto law = fit_unbounded(model, block);
    if (!law) return std::nullopt;
    laws.push_back(*law);
    points.insert(points.end(), block.begin(), block.end());
  }
  const auto law = fit(model, points);
  if (!law) return std::nullopt;
  return ScalingFit{
      *law, interval_of(laws, law->lambda, [](const ScalingLaw& each) { return each.lambda; }),
      interval_of(laws, law->sigma, [](const ScalingLaw& each) { return each.sigma; }),
      interval_of(laws, law->kappa, [](const ScalingLaw& each) { return each.kappa; }),
      peak_of(laws, *law)};
}

}  // namespace assay::statistics
