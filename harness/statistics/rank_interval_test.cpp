#include "harness/statistics/rank_interval.h"

#include <cmath>

#include <gtest/gtest.h>

#include "harness/statistics/simulated_noise.h"

namespace assay::statistics {
namespace {

using Cells = std::vector<RatesByBlock>;
using Ranks = std::vector<RankInterval>;

const RatesByBlock quick{1000, 1010, 990, 1005, 995, 1002, 998, 1001};
const RatesByBlock alike{1001, 1008, 992, 1003, 997, 1000, 1000, 1002};
const RatesByBlock slow{505, 500, 498, 502, 497, 501, 499, 503};

TEST(Ranking, GivesACellThePlacesThatItsComparisonsLeave) {
  const Ranking made = ranking(Cells{slow, quick, alike});
  EXPECT_EQ(made.ranks, (Ranks{{3, 3}, {1, 2}, {1, 2}}));
  EXPECT_DOUBLE_EQ(made.confidence, 0.95);
}

TEST(Ranking, TellsNothingApartBelowTheFloor) {
  RatesByBlock little = quick;
  for (auto& rate : little) *rate *= 1.02;
  EXPECT_EQ(ranking(Cells{quick, little}).ranks, (Ranks{{1, 2}, {1, 2}}));
  EXPECT_EQ(ranking(Cells{quick, little}, 0.01).ranks, (Ranks{{2, 2}, {1, 1}}));
}

TEST(Ranking, PairsTheBlocksThatBothCellsHave) {
  RatesByBlock gaps = slow;
  gaps[0].reset();
  gaps[5].reset();
  EXPECT_EQ(ranking(Cells{quick, gaps}).ranks, (Ranks{{1, 1}, {2, 2}}));
  gaps[7].reset();  // five are left
  EXPECT_EQ(ranking(Cells{quick, gaps}).ranks, (Ranks{{1, 2}, {1, 2}}));
}

// Six blocks give 1 - 1/32 and no more, and each of five cells takes part in four comparisons.
TEST(Ranking, SaysHowSureItIsWhenBlocksAreFew) {
  const RatesByBlock first(quick.begin(), quick.begin() + 6);
  const RatesByBlock last(slow.begin(), slow.begin() + 6);
  const Ranking made = ranking(Cells{first, first, last, first, first});
  EXPECT_DOUBLE_EQ(made.confidence, 0.875);
  EXPECT_EQ(made.ranks.at(2), (RankInterval{5, 5}));
}

TEST(Ranking, OfOneCellIsCertain) {
  EXPECT_EQ(ranking(Cells{quick}).ranks, (Ranks{{1, 1}}));
  EXPECT_TRUE(ranking({}).ranks.empty());
}

TEST(TieGroups, PartWhereNothingIsInDoubt) {
  using Groups = std::vector<std::vector<std::size_t>>;
  EXPECT_EQ(tie_groups(Ranks{{3, 3}, {1, 2}, {1, 2}}), (Groups{{1, 2}, {0}}));
  // The first may be second, the second third: one group, though first and third are told apart.
  EXPECT_EQ(tie_groups(Ranks{{1, 2}, {1, 3}, {2, 3}, {4, 4}}), (Groups{{0, 1, 2}, {3}}));
  // The first may be fourth, though the two between may not.
  EXPECT_EQ(tie_groups(Ranks{{1, 4}, {2, 3}, {2, 3}, {4, 4}}), (Groups{{0, 1, 2, 3}}));
  EXPECT_EQ(tie_groups({}), Groups{});
}

// The share of ranks that hold the cell's true place; with no step between cells every place is
// true.
double share_held(std::size_t cells, std::size_t blocks, double step) {
  SimulatedNoise noise(2026);
  std::size_t held = 0;
  for (int round = 0; round < 1000; ++round) {
    std::vector<RatesByBlock> rates(cells);
    for (std::size_t block = 0; block < blocks; ++block) {
      const double host = 0.1 * noise.normal();
      for (std::size_t cell = 0; cell < cells; ++cell) {
        const double lag = step * static_cast<double>(cell);
        rates[cell].emplace_back(std::exp(host - lag + noise.draw(NoiseLaw::log_normal, 0.05)));
      }
    }
    const Ranking made = ranking(rates, 0);
    for (std::size_t cell = 0; cell < cells; ++cell) {
      const auto [low, high] = made.ranks[cell];
      const bool holds = step == 0 ? low == 1 && high == cells : low <= cell + 1 && cell < high;
      held += holds ? 1 : 0;
    }
  }
  return static_cast<double>(held) / (1000.0 * static_cast<double>(cells));
}

TEST(Ranking, HoldsTheTruePlaceInNinetyFiveOfAHundredCases) {
  EXPECT_GE(share_held(4, 7, 0), 0.94);
  EXPECT_GE(share_held(5, 8, 0), 0.94);
  EXPECT_GE(share_held(5, 10, 0), 0.94);
  EXPECT_GE(share_held(5, 10, 0.03), 0.95);
}

// 1 - 4 / 64 of seven blocks, 1 - 4 / 32 of six: what `confidence` says.
TEST(Ranking, HoldsAsOftenAsItSaysWhenBlocksAreFew) {
  EXPECT_GE(share_held(5, 7, 0), 0.9375 - 0.015);
  EXPECT_GE(share_held(5, 6, 0), 0.875 - 0.015);
}

}  // namespace
}  // namespace assay::statistics
