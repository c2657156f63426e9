#include "harness/truth/normal.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace assay::truth {
namespace {

constexpr double pi = std::numbers::pi;

// Abramowitz and Stegun, 26.2.23: off by less than 4.5e-4, which two steps of Halley's method, each
// of which triples the digits, bring below what a double can tell.
double first_guess(double lower_tail) {
  const double t = std::sqrt(-2 * std::log(lower_tail));
  const double above = 2.515517 + t * (0.802853 + t * 0.010328);
  const double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return above / below - t;
}

double halley_step(double value, double share) {
  const double density = std::exp(-value * value / 2) / std::sqrt(2 * pi);
  const double step = (normal_cdf(value) - share) / density;
  return value - step / (1 + value * step / 2);
}

}  // namespace

double normal_cdf(double value) noexcept { return std::erfc(-value / std::numbers::sqrt2) / 2; }

double normal_quantile(double share) noexcept {
  if (share <= 0) return -std::numeric_limits<double>::infinity();
  if (share > 0.5) return -normal_quantile(1 - share);  // small shares keep their digits
  return halley_step(halley_step(first_guess(share), share), share);
}

}  // namespace assay::truth
