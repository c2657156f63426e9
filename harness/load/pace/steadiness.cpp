#include "harness/load/pace/steadiness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace assay::load {
namespace {

constexpr std::size_t fewest_seconds = 8;
constexpr double least_difference = 0.05;
constexpr double standard_errors = 4;
constexpr double rate_tolerance = 0.02;
constexpr double latency_tolerance = 0.05;
constexpr double errors_each = 1.66;  // half of 3.31: what the range of three keeps below, 19 in 20

double mean(std::span<const Second> half) {
  double sum = 0;
  for (const Second& second : half) sum += static_cast<double>(second.requests);
  return sum / static_cast<double>(half.size());
}

double variance(std::span<const Second> half, double mean) {
  double squares = 0;
  for (const Second& second : half) {
    squares += std::pow(static_cast<double>(second.requests) - mean, 2);
  }
  return squares / static_cast<double>(half.size() - 1);
}

struct Range {
  double least = 0;
  double value = 0;
  double greatest = 0;
};

Range count_range(const Second& slice) {
  const auto count = static_cast<double>(slice.requests);
  const double reach = errors_each * std::sqrt(count);
  return {count - reach, count, count + reach};
}

Range median_range(const Second& slice) {
  const CompactHistogram& latency = slice.latency;
  const double reach = errors_each / 2 / std::sqrt(static_cast<double>(latency.count));
  const auto at = [&](double share) {
    return static_cast<double>(latency.percentile(std::clamp(share, 0.0, 1.0)).count());
  };
  return {at(0.5 - reach), at(0.5), at(0.5 + reach)};
}

template <class RangeOf>
bool are_close(std::span<const Second> slices, double tolerance, const RangeOf& range_of) {
  std::vector<Range> ranges;
  for (const Second& slice : slices) ranges.push_back(range_of(slice));
  const auto [least, greatest] =
      std::minmax_element(ranges.begin(), ranges.end(),
                          [](const Range& one, const Range& two) { return one.value < two.value; });
  return greatest->value - least->value <= tolerance * greatest->value ||
         greatest->least <= least->greatest;
}

}  // namespace

bool are_alike(std::span<const Second> slices) {
  const auto is_silent = [](const Second& slice) { return slice.requests == 0; };
  if (slices.empty() || std::any_of(slices.begin(), slices.end(), is_silent)) return false;
  return are_close(slices, rate_tolerance, count_range) &&
         are_close(slices, latency_tolerance, median_range);
}

// Of an odd number of seconds, the one in the middle belongs to neither half.
std::optional<Halves> unsteady_halves(const Seconds& seconds) {
  if (seconds.size() < fewest_seconds + 1) return std::nullopt;
  const auto judged = std::span(seconds).first(seconds.size() - 1);
  const std::size_t length = judged.size() / 2;
  const auto first = judged.first(length);
  const auto second = judged.last(length);
  const Halves halves{mean(first), mean(second)};
  const double scatter = variance(first, halves.first) + variance(second, halves.second);
  const double by_chance = halves.first + halves.second;
  const double error = std::sqrt(std::max(scatter, by_chance) / static_cast<double>(length));
  const double difference = std::abs(halves.first - halves.second);
  const bool differ = difference > least_difference * std::max(halves.first, halves.second) &&
                      difference > standard_errors * error;
  return differ ? std::optional(halves) : std::nullopt;
}

}  // namespace assay::load
