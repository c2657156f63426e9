#include "harness/statistics/slope.h"

#include <cstddef>
#include <numeric>

namespace assay::statistics {

// Around the means: sums of squares of large numbers would take the digits from small differences.
double slope(std::span<const double> x, std::span<const double> y) noexcept {
  const auto points = static_cast<double>(x.size());
  const double mean_x = std::accumulate(x.begin(), x.end(), 0.0) / points;
  const double mean_y = std::accumulate(y.begin(), y.end(), 0.0) / points;
  double both = 0;
  double squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    both += (x[i] - mean_x) * (y[i] - mean_y);
    squares += (x[i] - mean_x) * (x[i] - mean_x);
  }
  return both / squares;
}

}  // namespace assay::statistics
