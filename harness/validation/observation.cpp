#include "harness/validation/observation.h"

#include <algorithm>
#include <cmath>

namespace assay::validation {

double Floor::usual_s() const { return load::in_seconds(latency.percentile(0.5)); }

double Floor::mean_s() const {
  constexpr double usual = 0.99;
  const auto all = static_cast<double>(latency.count());
  double taken = 0;
  double sum_ns = 0;
  for (const auto& place : latency.compact().places) {
    if (taken >= usual * all) break;
    const auto count = static_cast<double>(place.count);
    taken += count;
    sum_ns += count * static_cast<double>(load::Histogram::highest_at(place.index));
  }
  return taken == 0 ? 0 : sum_ns / taken * 1e-9;
}

load::nanoseconds PlainFloor::percentile(double share) const {
  if (latencies.empty()) return load::nanoseconds(0);
  const double rank = std::ceil(share * static_cast<double>(latencies.size()));
  return latencies[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

}  // namespace assay::validation
