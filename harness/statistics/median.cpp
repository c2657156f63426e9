#include "harness/statistics/median.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace assay::statistics {

double median_in_place(std::span<double> sample) {
  const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(sample.size() / 2);
  std::nth_element(sample.begin(), middle, sample.end());
  if (sample.size() % 2 == 1) return *middle;
  return (*std::max_element(sample.begin(), middle) + *middle) / 2;
}

double median(std::span<const double> sample) {
  std::vector<double> copy(sample.begin(), sample.end());
  return median_in_place(copy);
}

}  // namespace assay::statistics
