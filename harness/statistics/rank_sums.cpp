#include "harness/statistics/rank_sums.h"

#include <algorithm>
#include <numeric>

namespace assay::statistics {

// One rank after another joins the sum or not. `ways[k][sum]`: so many choices of k ranks; as a
// double, since C(200, 100) is 9e58.
std::vector<double> rank_sum_chances(std::span<const std::size_t> ranks, std::size_t chosen) {
  const std::size_t largest = std::accumulate(ranks.begin(), ranks.end(), std::size_t{0});
  std::vector<std::vector<double>> ways(chosen + 1, std::vector<double>(largest + 1));
  ways[0][0] = 1;
  std::size_t reached = 0;  // the largest sum so far
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    reached += ranks[i];
    for (std::size_t k = std::min(chosen, i + 1); k > 0; --k) {
      for (std::size_t sum = ranks[i]; sum <= reached; ++sum) {
        ways[k][sum] += ways[k - 1][sum - ranks[i]];
      }
    }
  }
  std::vector<double>& chances = ways[chosen];
  const double all = std::accumulate(chances.begin(), chances.end(), 0.0);
  for (double& chance : chances) chance /= all;
  return chances;
}

std::vector<double> signed_rank_chances(std::size_t size) {
  std::vector<double> chances(size * (size + 1) / 2 + 1);
  chances[0] = 1;
  for (std::size_t rank = 1; rank <= size; ++rank) {
    for (std::size_t sum = rank * (rank + 1) / 2 + 1; sum-- > 0;) {
      chances[sum] = (chances[sum] + (sum < rank ? 0 : chances[sum - rank])) / 2;
    }
  }
  return chances;
}

}  // namespace assay::statistics
