// The standard normal distribution. Pure; any thread.
#pragma once

namespace assay::truth {

double normal_cdf(double value) noexcept;
// The value that a share of the distribution does not exceed; infinite for 0 and 1.
double normal_quantile(double share) noexcept;  // REQUIRES: 0 <= share <= 1

}  // namespace assay::truth
