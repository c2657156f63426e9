#include "harness/statistics/unpaired_ratio.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "harness/statistics/hodges_lehmann.h"

namespace assay::statistics {
namespace {

// Counting would allow for two beside eight, but two say next to nothing of how they scatter.
constexpr std::size_t fewest_values = 4;

// Nothing when one has no logarithm.
std::optional<std::vector<double>> logarithms(std::span<const double> values) {
  std::vector<double> found;
  for (const double value : values) {
    if (!std::isfinite(value) || value <= 0) return std::nullopt;
    found.push_back(std::log(value));
  }
  return found;
}

}  // namespace

std::optional<Interval> unpaired_ratio(std::span<const double> ours, std::span<const double> theirs,
                                       double confidence) {
  if (std::min(ours.size(), theirs.size()) < fewest_values) return std::nullopt;
  const auto our = logarithms(ours);
  const auto their = logarithms(theirs);
  if (!our || !their) return std::nullopt;
  const auto shift = hodges_lehmann_shift(*our, *their, confidence);
  if (!shift) return std::nullopt;
  return Interval{std::exp(shift->median), std::exp(shift->low), std::exp(shift->high)};
}

}  // namespace assay::statistics
