#include "harness/load/steadiness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace assay::load {
namespace {

constexpr std::size_t fewest_seconds = 8;
constexpr double least_difference = 0.05;
constexpr double standard_errors = 4;

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

}  // namespace

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
