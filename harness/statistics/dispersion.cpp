#include "harness/statistics/dispersion.h"

#include <numeric>

namespace assay::statistics {

double index_of_dispersion(std::span<const double> in_windows) noexcept {
  const auto windows = static_cast<double>(in_windows.size());
  const double mean = std::accumulate(in_windows.begin(), in_windows.end(), 0.0) / windows;
  double squares = 0;
  for (const double each : in_windows) squares += (each - mean) * (each - mean);
  return squares / (windows - 1) / mean;
}

}  // namespace assay::statistics
