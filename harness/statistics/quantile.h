// The value below which a share of a sample lies, on the straight line between its neighbours (the
// seventh kind of Hyndman and Fan 1996, which numpy and R use unless told otherwise). Pure; any
// thread.
#pragma once

#include <span>

namespace assay::statistics {

// REQUIRES: not empty, in ascending order, 0 <= share <= 1
double quantile(std::span<const double> sorted, double share) noexcept;

}  // namespace assay::statistics
