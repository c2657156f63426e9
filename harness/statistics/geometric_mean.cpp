#include "harness/statistics/geometric_mean.h"

#include <cmath>
#include <vector>

namespace assay::statistics {

// In logarithms: a product of a hundred rates is no double any more.
double geometric_mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += std::log(value);
  return std::exp(sum / static_cast<double>(values.size()));
}

std::optional<CommonRatio> common_ratio(const std::map<std::string, double>& ours,
                                        const std::map<std::string, double>& theirs) {
  const auto positive = [](double rate) { return std::isfinite(rate) && rate > 0; };
  std::vector<double> ratios;
  for (const auto& [workload, rate] : ours) {
    const auto match = theirs.find(workload);
    if (match == theirs.end()) continue;
    if (!positive(rate) || !positive(match->second)) return std::nullopt;
    ratios.push_back(rate / match->second);
  }
  if (ratios.empty()) return std::nullopt;
  return CommonRatio{geometric_mean(ratios), ratios.size()};
}

}  // namespace assay::statistics
