#include "harness/statistics/mann_whitney.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "harness/statistics/normal.h"
#include "harness/statistics/rank_sums.h"

namespace assay::statistics {
namespace {

constexpr std::size_t most_counted = 80;

// Every value's place among both samples, counted twice so that the mean of two places is whole.
struct DoubledRanks {
  std::vector<std::size_t> all;
  std::size_t sum_of_ours = 0;
  double tied = 0;  // the sum of t^3 - t over groups of t equal values
};

DoubledRanks doubled_ranks(std::span<const double> ours, std::span<const double> theirs) {
  std::vector<double> sorted(ours.begin(), ours.end());
  sorted.insert(sorted.end(), theirs.begin(), theirs.end());
  std::sort(sorted.begin(), sorted.end());
  const auto rank_of = [&](double value) {  // the first place and the last, from 1, added up
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
    return static_cast<std::size_t>((first - sorted.begin()) + 1 + (last - sorted.begin()));
  };
  DoubledRanks ranks;
  for (const double value : sorted) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
    const auto equal = static_cast<double>(last - first);
    ranks.all.push_back(rank_of(value));
    ranks.tied += equal * equal - 1;  // t times in all
  }
  for (const double our : ours) ranks.sum_of_ours += rank_of(our);
  return ranks;
}

double counted_p(const DoubledRanks& ranks, std::size_t ours) {
  const std::vector<double> chances = rank_sum_chances(ranks.all, ours);
  const auto here = chances.begin() + static_cast<std::ptrdiff_t>(ranks.sum_of_ours);
  const double up_to = std::accumulate(chances.begin(), here + 1, 0.0);
  const double from = std::accumulate(here, chances.end(), 0.0);
  return std::min(1.0, 2 * std::min(up_to, from));
}

double normal_p(const DoubledRanks& ranks, double u, double m, double n) {
  const double all = m + n;
  const double variance = m * n / 12 * (all + 1 - ranks.tied / (all * (all - 1)));
  if (variance <= 0) return 1;  // all are equal, but for how the division is rounded
  const double off = std::abs(u - m * n / 2) - 0.5;  // half a step: u is whole, the law is not
  return std::min(1.0, 2 * normal_share(-off / std::sqrt(variance)));
}

}  // namespace

std::optional<MannWhitney> mann_whitney(std::span<const double> ours,
                                        std::span<const double> theirs) {
  const auto finite = [](double value) { return std::isfinite(value); };
  if (ours.empty() || theirs.empty()) return std::nullopt;
  if (!std::all_of(ours.begin(), ours.end(), finite)) return std::nullopt;
  if (!std::all_of(theirs.begin(), theirs.end(), finite)) return std::nullopt;
  const DoubledRanks ranks = doubled_ranks(ours, theirs);
  const auto m = static_cast<double>(ours.size());
  const auto n = static_cast<double>(theirs.size());
  const double u = static_cast<double>(ranks.sum_of_ours) / 2 - m * (m + 1) / 2;
  if (ranks.all.size() > most_counted) {
    return MannWhitney{u, normal_p(ranks, u, m, n), MannWhitney::Method::normal};
  }
  return MannWhitney{u, counted_p(ranks, ours.size()), MannWhitney::Method::exact};
}

}  // namespace assay::statistics
