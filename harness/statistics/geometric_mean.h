// The mean of ratios: twice as fast in one and half as fast in another make 1. Pure; any thread.
//
// Of the workloads that both sides ran and no others: a missing one is not a zero, and how many
// there are stands beside the ratio. For an interval, take the mean of each block and give the
// blocks to `paired_ratio`.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>

namespace assay::statistics {

double geometric_mean(std::span<const double> values);  // REQUIRES: not empty, all above 0

struct CommonRatio {
  double ratio = 1;
  std::size_t common = 0;  // how many workloads it is of
};

// Rates by workload. Nothing when there is no workload in common or a common rate is not positive.
std::optional<CommonRatio> common_ratio(const std::map<std::string, double>& ours,
                                        const std::map<std::string, double>& theirs);

}  // namespace assay::statistics
