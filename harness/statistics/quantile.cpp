#include "harness/statistics/quantile.h"

#include <cstddef>

namespace assay::statistics {

double quantile(std::span<const double> sorted, double share) noexcept {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double onward = place - static_cast<double>(below);
  return sorted[below] + onward * (sorted[below + 1] - sorted[below]);
}

}  // namespace assay::statistics
