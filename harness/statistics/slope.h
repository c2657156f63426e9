// The slope of the straight line that is nearest to points, by least squares. Pure; any thread.
#pragma once

#include <span>

namespace assay::statistics {

// REQUIRES: as many `y` as `x`, two different `x` or more
double slope(std::span<const double> x, std::span<const double> y) noexcept;

}  // namespace assay::statistics
