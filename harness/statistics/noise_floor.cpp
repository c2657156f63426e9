#include "harness/statistics/noise_floor.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/statistics/quantile.h"

namespace assay::statistics {

std::optional<NoiseFloor> noise_floor(std::span<const double> twin_ratios) {
  const auto positive = [](double ratio) { return std::isfinite(ratio) && ratio > 0; };
  if (twin_ratios.empty()) return std::nullopt;
  if (!std::all_of(twin_ratios.begin(), twin_ratios.end(), positive)) return std::nullopt;
  std::vector<double> distances(twin_ratios.size());
  std::transform(twin_ratios.begin(), twin_ratios.end(), distances.begin(),
                 [](double ratio) { return std::max(ratio, 1 / ratio) - 1; });
  std::sort(distances.begin(), distances.end());
  return NoiseFloor{quantile(distances, 0.5), quantile(distances, 0.95)};
}

double verdict_floor(const std::optional<NoiseFloor>& noise) noexcept {
  return noise ? std::max(default_floor, 2 * noise->median) : default_floor;
}

}  // namespace assay::statistics
