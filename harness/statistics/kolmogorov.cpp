#include "harness/statistics/kolmogorov.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace assay::statistics {
namespace {

double total(std::span<const Counted> sample) {
  double sum = 0;
  for (const Counted& each : sample) sum += each.count;
  return sum;
}

}  // namespace

double kolmogorov_distance(std::span<const Counted> sample,
                           const std::function<double(double)>& share_up_to, double slack) {
  const double all = total(sample);
  double below = 0;
  double largest = 0;
  for (const Counted& each : sample) {
    const double up_to = below + each.count;
    const double early = up_to / all - share_up_to(each.value + slack);
    const double late = share_up_to(each.value - slack) - below / all;
    largest = std::max({largest, early, late});
    below = up_to;
  }
  return largest;
}

double kolmogorov_distance(std::span<const Counted> one, std::span<const Counted> other) {
  const double all_of_one = total(one);
  const double all_of_other = total(other);
  double up_to_one = 0;
  double up_to_other = 0;
  double largest = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < one.size() && j < other.size()) {
    const double value = std::min(one[i].value, other[j].value);
    while (i < one.size() && one[i].value == value) up_to_one += one[i++].count;
    while (j < other.size() && other[j].value == value) up_to_other += other[j++].count;
    largest = std::max(largest, std::abs(up_to_one / all_of_one - up_to_other / all_of_other));
  }
  return largest;
}

// The limit of the distribution; it is on the safe side for fewer values (1.9268 for a hundred).
double kolmogorov_bound(double values) noexcept {
  constexpr double one_in_a_thousand = 1.9494746;
  return one_in_a_thousand / std::sqrt(values);
}

}  // namespace assay::statistics
