#include "harness/statistics/holm.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace assay::statistics {

std::vector<double> holm_adjusted(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto one, auto other) { return p[one] < p[other]; });
  std::vector<double> adjusted(p.size());
  double largest = 0;  // none may end below one that was smaller
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto left = static_cast<double>(order.size() - i);
    largest = std::min(1.0, std::max(largest, left * p[order[i]]));
    adjusted[order[i]] = largest;
  }
  return adjusted;
}

}  // namespace assay::statistics
