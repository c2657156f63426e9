#include "harness/statistics/comparison.h"

#include <cmath>

namespace assay::statistics {

Comparison compared(const std::optional<Interval>& ratio, double floor) noexcept {
  if (!ratio) return Comparison::no_interval;
  if (std::abs(ratio->median - 1) <= floor) return Comparison::tie;
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
