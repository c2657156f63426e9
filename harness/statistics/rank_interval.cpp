#include "harness/statistics/rank_interval.h"

#include <algorithm>
#include <numeric>

#include "harness/statistics/hodges_lehmann.h"
#include "harness/statistics/paired_ratio.h"

namespace assay::statistics {
namespace {

struct Pairs {
  std::vector<double> ours;
  std::vector<double> theirs;
};

Pairs paired(const RatesByBlock& ours, const RatesByBlock& theirs) {
  Pairs pairs;
  for (std::size_t block = 0; block < ours.size(); ++block) {
    if (!ours[block] || !theirs[block]) continue;
    pairs.ours.push_back(*ours[block]);
    pairs.theirs.push_back(*theirs[block]);
  }
  return pairs;
}

// A pair of cells at the confidence that is wanted, or at the highest that its blocks can give.
struct Match {
  Comparison comparison;
  double confidence;
};

Match match(const RatesByBlock& ours, const RatesByBlock& theirs, double wanted, double floor) {
  const Pairs pairs = paired(ours, theirs);
  const double highest = highest_confidence(pairs.ours.size());
  if (highest < usual_confidence) return {Comparison::no_interval, 1};
  const double confidence = std::min(wanted, highest);
  return {compared(paired_ratio(pairs.ours, pairs.theirs, confidence), floor), confidence};
}

}  // namespace

Ranking ranking(std::span<const RatesByBlock> cells, double floor) {
  Ranking made{std::vector(cells.size(), RankInterval{1, cells.size()}), 1};
  if (cells.size() < 2) return made;
  const double wanted = 1 - (1 - usual_confidence) / static_cast<double>(cells.size() - 1);
  std::vector<double> doubt(cells.size());  // the chance that a comparison of this cell is wrong
  for (std::size_t our = 0; our < cells.size(); ++our) {
    for (std::size_t their = our + 1; their < cells.size(); ++their) {
      const auto [comparison, confidence] = match(cells[our], cells[their], wanted, floor);
      doubt[our] += 1 - confidence;
      doubt[their] += 1 - confidence;
      const bool is_ahead = comparison == Comparison::faster;
      if (!is_ahead && comparison != Comparison::slower) continue;
      --made.ranks[is_ahead ? our : their].high;
      ++made.ranks[is_ahead ? their : our].low;
    }
  }
  made.confidence = std::max(0.0, 1 - *std::max_element(doubt.begin(), doubt.end()));
  return made;
}

std::vector<std::vector<std::size_t>> tie_groups(std::span<const RankInterval> ranks) {
  std::vector<std::size_t> order(ranks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
    return ranks[one].low + ranks[one].high < ranks[other].low + ranks[other].high;
  });
  std::vector<std::vector<std::size_t>> groups;
  std::size_t last = 0;  // the last place that a cell so far may have
  for (std::size_t place = 1; place <= order.size(); ++place) {
    const std::size_t cell = order[place - 1];
    if (last < place) groups.emplace_back();
    groups.back().push_back(cell);
    last = std::max(last, ranks[cell].high);
  }
  return groups;
}

}  // namespace assay::statistics
