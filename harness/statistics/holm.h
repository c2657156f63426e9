// The p-values of one table, each as large as it must be so that the chance of any false alarm in
// the whole table stays what one was meant to have (Holm 1979). Pure; any thread.
#pragma once

#include <span>
#include <vector>

namespace assay::statistics {

// In the order of `p`. REQUIRES: 0 <= each <= 1
std::vector<double> holm_adjusted(std::span<const double> p);

}  // namespace assay::statistics
