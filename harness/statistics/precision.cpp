#include "harness/statistics/precision.h"

#include <cmath>
#include <optional>

#include "harness/statistics/median_interval.h"

namespace assay::statistics {

double relative_half_width(const Interval& interval) noexcept {
  return (interval.high - interval.low) / 2 / std::abs(interval.median);
}

Progress progress(std::span<const double> sample, const PrecisionRule& rule) {
  if (sample.size() < rule.fewest) return Progress::measuring;
  const std::optional<Interval> interval = median_interval(sample);
  // Without width it is precise, though 0 / 0 of a median of 0 is not a number.
  const bool is_precise = interval && (interval->low == interval->high ||
                                       relative_half_width(*interval) <= rule.target);
  if (is_precise) return Progress::precise;
  return sample.size() < rule.most ? Progress::measuring : Progress::out_of_trials;
}

}  // namespace assay::statistics
