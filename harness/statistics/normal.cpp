#include "harness/statistics/normal.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace assay::statistics {
namespace {

double density(double value) noexcept {
  return std::exp(-value * value / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

// Below the median, to three digits (Abramowitz and Stegun 26.2.22).
double rough_quantile(double share) noexcept {
  const double t = std::sqrt(-2 * std::log(share));
  return (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t)) - t;
}

}  // namespace

double normal_share(double value) noexcept { return std::erfc(-value / std::numbers::sqrt2) / 2; }

// Halley's method; each step triples the digits.
double normal_quantile(double share) noexcept {
  if (share <= 0) return -std::numeric_limits<double>::infinity();
  if (share >= 1) return std::numeric_limits<double>::infinity();
  if (share > 0.5) return -normal_quantile(1 - share);
  double value = rough_quantile(share);
  for (int step = 0; step < 3; ++step) {
    const double off = (normal_share(value) - share) / density(value);
    value -= off / (1 + value * off / 2);
  }
  return value;
}

}  // namespace assay::statistics
