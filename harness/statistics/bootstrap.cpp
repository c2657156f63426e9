#include "harness/statistics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/statistics/median.h"
#include "harness/statistics/normal.h"
#include "harness/statistics/random_stream.h"

namespace assay::statistics {
namespace {

constexpr std::size_t resamples = 10'000;
constexpr double tail = 0.025;

bool is_finite(double value) { return std::isfinite(value); }
bool is_positive(double value) { return std::isfinite(value) && value > 0; }

std::vector<double> resampled_medians(std::span<const double> sample, std::uint64_t seed) {
  RandomStream random(seed);
  std::vector<double> drawn(sample.size());
  std::vector<double> medians(resamples);
  for (double& one : medians) {
    for (double& value : drawn) {
      value = sample[random.below(static_cast<std::uint32_t>(sample.size()))];
    }
    one = median_in_place(drawn);
  }
  std::sort(medians.begin(), medians.end());
  return medians;
}

// How far the resampled medians lie to one side of the sample's own, in standard deviations. Ties
// count half: medians of few values coincide often.
double bias(const std::vector<double>& medians, double observed) {
  const auto [low, high] = std::equal_range(medians.begin(), medians.end(), observed);
  const auto below = static_cast<double>(low - medians.begin());
  const auto not_above = static_cast<double>(high - medians.begin());
  return normal_quantile((below + not_above) / (2.0 * static_cast<double>(resamples)));
}

// Skewness of the estimate, from leaving out one value at a time.
double acceleration(std::span<const double> sample) {
  std::vector<double> estimates;
  for (std::size_t left_out = 0; left_out < sample.size(); ++left_out) {
    std::vector<double> rest(sample.begin(), sample.end());
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(left_out));
    estimates.push_back(median_in_place(rest));
  }
  double mean = 0;
  for (const double estimate : estimates) mean += estimate / static_cast<double>(sample.size());
  double squares = 0;
  double cubes = 0;
  for (const double estimate : estimates) {
    squares += std::pow(mean - estimate, 2);
    cubes += std::pow(mean - estimate, 3);
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

Interval bias_corrected(std::span<const double> sample, std::uint64_t seed) {
  const double observed = median(sample);
  const std::vector<double> medians = resampled_medians(sample, seed);
  const double z = bias(medians, observed);
  const double a = acceleration(sample);
  const auto bound = [&](double share) {
    const double shifted = z + normal_quantile(share);
    return quantile(medians, normal_cdf(z + shifted / (1 - a * shifted)));
  };
  return {observed, bound(tail), bound(1 - tail)};
}

}  // namespace

std::optional<Interval> median_interval(std::span<const double> sample, std::uint64_t seed) {
  if (sample.size() < fewest_for_an_interval) return std::nullopt;
  if (!std::all_of(sample.begin(), sample.end(), is_finite)) return std::nullopt;
  const auto [lowest, highest] = std::minmax_element(sample.begin(), sample.end());
  if (*lowest == *highest) return Interval{*lowest, *lowest, *lowest};
  return bias_corrected(sample, seed);
}

std::optional<Interval> paired_ratio(std::span<const double> ours, std::span<const double> theirs,
                                     std::uint64_t seed) {
  if (ours.size() != theirs.size()) return std::nullopt;
  if (!std::all_of(ours.begin(), ours.end(), is_positive)) return std::nullopt;
  if (!std::all_of(theirs.begin(), theirs.end(), is_positive)) return std::nullopt;
  std::vector<double> logarithms(ours.size());
  std::transform(ours.begin(), ours.end(), theirs.begin(), logarithms.begin(),
                 [](double our, double their) { return std::log(our / their); });
  const std::optional<Interval> interval = median_interval(logarithms, seed);
  if (!interval) return std::nullopt;
  return Interval{std::exp(interval->median), std::exp(interval->low), std::exp(interval->high)};
}

}  // namespace assay::statistics
