// The standard normal distribution: how much lies below x, and where a share lies. Pure; any
// thread.
#pragma once

namespace assay::statistics {

double normal_cdf(double x) noexcept;

// Algorithm AS 241 (Wichura 1988), about 1 part in 10^15. 0 and 1 give -infinity and infinity.
double normal_quantile(double share) noexcept;  // REQUIRES: 0 <= share <= 1

}  // namespace assay::statistics
