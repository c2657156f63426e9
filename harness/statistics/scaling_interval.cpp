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

// The square of the workers at the peak, turned over: "no peak" is 0, and can stand among others.
double inverse_square(const ScalingLaw& law) { return law.kappa / (1 - law.sigma); }

double workers_of(double inverse) {
  return inverse > 0 ? std::sqrt(std::max(1.0, 1 / inverse))
                     : std::numeric_limits<double>::infinity();
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
  const Interval inverse = interval_of(laws, inverse_square(*law), inverse_square);
  return ScalingFit{
      *law,
      interval_of(laws, law->lambda, [](const ScalingLaw& each) { return each.lambda; }),
      interval_of(laws, law->sigma, [](const ScalingLaw& each) { return each.sigma; }),
      interval_of(laws, law->kappa, [](const ScalingLaw& each) { return each.kappa; }),
      {workers_of(inverse.median), workers_of(inverse.high), workers_of(inverse.low)}};
}

}  // namespace assay::statistics
