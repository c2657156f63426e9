#include "harness/lab/record/quantity.h"

#include <cmath>

#include "harness/statistics/median.h"
#include "harness/statistics/median_interval.h"
#include "harness/statistics/paired_ratio.h"

namespace assay::lab {

Quantity median_of(const std::vector<double>& sample) {
  const auto interval = statistics::median_interval(sample);
  if (!interval) return {statistics::median(sample), std::nullopt, std::nullopt};
  return {interval->median, interval->low, interval->high};
}

std::optional<Quantity> ratio_of(const ByBlock& over, const ByBlock& under) {
  std::vector<double> ours;
  std::vector<double> theirs;
  std::vector<double> logarithms;  // as with an interval: twice and half as fast even out
  for (const auto& [block, value] : over) {
    const auto match = under.find(block);
    if (match == under.end()) continue;
    ours.push_back(value);
    theirs.push_back(match->second);
    logarithms.push_back(std::log(value / match->second));
  }
  if (ours.empty()) return std::nullopt;
  if (const auto interval = statistics::paired_ratio(ours, theirs)) {
    return Quantity{interval->median, interval->low, interval->high};
  }
  return Quantity{std::exp(statistics::median(logarithms)), std::nullopt, std::nullopt};
}

std::optional<statistics::Interval> interval_of(const Quantity& quantity) {
  if (!quantity.low || !quantity.high) return std::nullopt;
  return statistics::Interval{quantity.median, *quantity.low, *quantity.high};
}

}  // namespace assay::lab
