// An estimate with the interval that holds the true value at 95 % confidence (unless another is
// asked for), in the unit of the sample. `median` is the middle value of what was estimated from:
// of the trials of a cell; of the means of all pairs of ratios (Hodges and Lehmann) in a
// comparison.
#pragma once

namespace assay::statistics {

inline constexpr double usual_confidence = 0.95;

struct Interval {
  double median = 0;
  double low = 0;
  double high = 0;
};

}  // namespace assay::statistics
