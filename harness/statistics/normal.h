// The standard normal distribution: the share below a value, and the value below which a share
// lies. Pure; any thread.
#pragma once

namespace assay::statistics {

double normal_share(double value) noexcept;

// REQUIRES: 0 <= share <= 1; the ends give minus and plus infinity
double normal_quantile(double share) noexcept;

}  // namespace assay::statistics
