#include "harness/statistics/bca.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "harness/statistics/normal.h"
#include "harness/statistics/quantile.h"
#include "harness/statistics/random_stream.h"

namespace assay::statistics {
namespace {

constexpr std::size_t fewest_units = 6;
constexpr double tail = 0.025;

// The statistic of each resample, in ascending order.
std::vector<double> resampled(std::size_t units, const UnitStatistic& statistic, std::uint64_t seed,
                              int resamples) {
  RandomStream random(seed);
  std::vector<std::size_t> drawn(units);
  std::vector<double> values(static_cast<std::size_t>(resamples));
  for (double& value : values) {
    for (std::size_t& unit : drawn) unit = random.below(static_cast<std::uint32_t>(units));
    value = statistic(drawn);
  }
  return values;
}

// How skewed the statistic is, from what it becomes without each unit in turn.
double acceleration(std::size_t units, const UnitStatistic& statistic) {
  std::vector<double> without(units);
  for (std::size_t left_out = 0; left_out < units; ++left_out) {
    std::vector<std::size_t> kept(units - 1);
    std::iota(kept.begin(), kept.end(), std::size_t{0});
    for (std::size_t i = left_out; i < kept.size(); ++i) ++kept[i];
    without[left_out] = statistic(kept);
  }
  const double mean =
      std::accumulate(without.begin(), without.end(), 0.0) / static_cast<double>(units);
  double squares = 0;
  double cubes = 0;
  for (const double each : without) {
    squares += (mean - each) * (mean - each);
    cubes += (mean - each) * (mean - each) * (mean - each);
  }
  return squares == 0 ? 0 : cubes / (6 * squares * std::sqrt(squares));
}

// The share of the estimate among the resamples: of those equal to it, half count as below. Equal
// but for the last digits: the same values in another order may add up to others there, and which
// they do must not be for the compiler to say.
double share_below(std::span<const double> sorted, double estimate) {
  const double slack = 1e-12 * std::abs(estimate);
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), estimate - slack);
  const auto last = std::upper_bound(sorted.begin(), sorted.end(), estimate + slack);
  return static_cast<double>((first - sorted.begin()) + (last - sorted.begin())) /
         (2 * static_cast<double>(sorted.size()));
}

}  // namespace

std::optional<Interval> bca_interval(std::size_t units, const UnitStatistic& statistic,
                                     std::uint64_t seed, int resamples) {
  if (units < fewest_units) return std::nullopt;
  std::vector<std::size_t> all(units);
  std::iota(all.begin(), all.end(), std::size_t{0});
  const double estimate = statistic(all);
  std::vector<double> values = resampled(units, statistic, seed, resamples);
  const double skew = acceleration(units, statistic);
  const auto finite = [](double value) { return std::isfinite(value); };
  if (!finite(estimate) || !finite(skew)) return std::nullopt;
  if (!std::all_of(values.begin(), values.end(), finite)) return std::nullopt;
  std::sort(values.begin(), values.end());
  if (values.front() == values.back()) return Interval{estimate, values.front(), values.back()};

  const double bias = normal_quantile(share_below(values, estimate));
  if (!finite(bias)) return std::nullopt;
  const auto end = [&](double share) {
    const double moved = bias + normal_quantile(share);
    return quantile(values, normal_share(bias + moved / (1 - skew * moved)));
  };
  return Interval{estimate, end(tail), end(1 - tail)};
}

std::optional<Interval> bca_interval(std::span<const double> sample,
                                     const ValueStatistic& statistic, std::uint64_t seed,
                                     int resamples) {
  const auto finite = [](double value) { return std::isfinite(value); };
  if (!std::all_of(sample.begin(), sample.end(), finite)) return std::nullopt;
  std::vector<double> values(sample.size());
  const auto of_units = [&](std::span<const std::size_t> drawn) {
    std::transform(drawn.begin(), drawn.end(), values.begin(),
                   [&](std::size_t unit) { return sample[unit]; });
    return statistic(std::span<const double>(values).first(drawn.size()));
  };
  return bca_interval(sample.size(), of_units, seed, resamples);
}

}  // namespace assay::statistics
