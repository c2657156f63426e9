#include "harness/statistics/paired_ratio.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/statistics/hodges_lehmann.h"

namespace assay::statistics {
namespace {

bool is_positive(double value) { return std::isfinite(value) && value > 0; }

}  // namespace

std::optional<Interval> paired_ratio(std::span<const double> ours, std::span<const double> theirs,
                                     double confidence) {
  if (ours.size() != theirs.size()) return std::nullopt;
  if (!std::all_of(ours.begin(), ours.end(), is_positive)) return std::nullopt;
  if (!std::all_of(theirs.begin(), theirs.end(), is_positive)) return std::nullopt;
  std::vector<double> logarithms(ours.size());
  std::transform(ours.begin(), ours.end(), theirs.begin(), logarithms.begin(),
                 [](double our, double their) { return std::log(our) - std::log(their); });
  const auto centre = hodges_lehmann_centre(logarithms, confidence);
  if (!centre) return std::nullopt;
  return Interval{std::exp(centre->median), std::exp(centre->low), std::exp(centre->high)};
}

}  // namespace assay::statistics
