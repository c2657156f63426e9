#include "harness/validation/observation.h"

#include <algorithm>
#include <cmath>

namespace assay::validation {

load::nanoseconds PlainFloor::percentile(double share) const {
  if (latencies.empty()) return load::nanoseconds(0);
  const double rank = std::ceil(share * static_cast<double>(latencies.size()));
  return latencies[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

}  // namespace assay::validation
