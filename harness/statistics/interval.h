// A median with the interval that holds it at 95 % confidence, in the unit of the sample.
#pragma once

namespace assay::statistics {

struct Interval {
  double median = 0;
  double low = 0;
  double high = 0;
};

}  // namespace assay::statistics
