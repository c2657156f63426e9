#include "harness/statistics/comparison.h"

#include <cmath>

namespace assay::statistics {

Comparison compared(const std::optional<Interval>& ratio, double floor) noexcept {
  if (!ratio) return Comparison::no_interval;
  // In logarithms, so that a pair gives the same answer whichever side is called ours.
  if (std::abs(std::log(ratio->median)) <= std::log1p(floor)) return Comparison::tie;
  if (ratio->low > 1) return Comparison::faster;
  if (ratio->high < 1) return Comparison::slower;
  return Comparison::tie;
}

std::string_view text(Comparison comparison) noexcept {
  switch (comparison) {
    case Comparison::faster: return "faster";
    case Comparison::slower: return "slower";
    case Comparison::tie: return "tie";
    case Comparison::no_interval: return "no interval";
  }
  return "";
}

}  // namespace assay::statistics
