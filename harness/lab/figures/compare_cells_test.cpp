#include "harness/lab/figures/compare_cells.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/lab/figures/invented_trials.h"
#include "harness/lab/figures/summarise.h"

namespace assay::lab {
namespace {

using CompareCells = InventedTrials;

TEST_F(CompareCells, ComparesBlockByBlock) {
  seven_blocks();
  const auto ratios = compare(cells(), trials_);
  ASSERT_EQ(ratios.size(), 1U);
  EXPECT_EQ(ratios[0].theirs, "slow@v");
  EXPECT_NEAR(ratios[0].rate.median, 2.0, 1e-9);  // in every block, though the rates drift
  EXPECT_NEAR(*ratios[0].rate.low, 2.0, 1e-9);
  EXPECT_EQ(ratios[0].verdict, "faster");
}

TEST_F(CompareCells, TakesTheNoiseOfTheHostFromTheCellThatIsMeasuredTwice) {
  seven_blocks();
  std::vector<Cell> all = cells();
  all.push_back(all[0]);
  all[2].is_twin = true;
  for (int block = 0; block < 7; ++block) {
    trial(fast_, block, (1000 + 10 * block) / 1.25);
    trials_.back().twin = true;
  }
  const auto noise = noise_of(all, trials_);
  ASSERT_TRUE(noise);
  EXPECT_EQ(noise->pairs, 1U);
  EXPECT_NEAR(noise->median, 0.25, 1e-9);
  EXPECT_NEAR(noise->floor, 0.5, 1e-9);
  EXPECT_EQ(summarise(all, trials_).size(), 2U) << "a twin has no row of its own";
  EXPECT_EQ(compare(all, trials_).size(), 1U);
  EXPECT_EQ(compare(all, trials_, noise).at(0).verdict, "faster");
  NoiseRecord more = *noise;
  more.floor = 1.5;  // above the twofold that is measured
  EXPECT_EQ(compare(all, trials_, more).at(0).verdict, "tie");
}

TEST_F(CompareCells, HasNoNoiseWithoutACellThatIsMeasuredTwice) {
  seven_blocks();
  EXPECT_FALSE(noise_of(cells(), trials_));
}

TEST_F(CompareCells, GivesEachCellItsPlaceAndOneThatCannotBeToldBoth) {
  seven_blocks();
  auto records = summarise(cells(), trials_);
  rank(records, cells(), trials_, std::nullopt);
  ASSERT_TRUE(records[0].rank && records[1].rank);
  EXPECT_EQ(records[0].rank->low, 1U);
  EXPECT_EQ(records[0].rank->high, 1U);
  EXPECT_EQ(records[1].rank->low, 2U);
  NoiseRecord loud;
  loud.floor = 1.5;
  rank(records, cells(), trials_, loud);
  EXPECT_EQ(records[0].rank->high, 2U);
  EXPECT_EQ(records[1].rank->low, 1U);
}

// Who is faster although the client held it back is faster. Who is slower may be so for that only.
TEST_F(CompareCells, GiveNoVerdictWhereTheClientHeldTheSlowerBack) {
  seven_blocks();
  const auto verdict_with = [&](double of_fast, double of_slow) {
    for (Trial& each : trials_) each.client_cpu = each.baseline == "fast@v" ? of_fast : of_slow;
    std::vector<Cell> turned = {cells()[1], cells()[0]};
    return compare(cells(), trials_).at(0).verdict + " " + compare(turned, trials_).at(0).verdict;
  };
  EXPECT_EQ(verdict_with(0.5, 0.5), "faster slower");
  EXPECT_EQ(verdict_with(0.9, 0.5), "faster slower");
  EXPECT_EQ(verdict_with(0.5, 0.9), "client-bound client-bound");
  EXPECT_EQ(verdict_with(0.9, 0.9), "client-bound client-bound");
  for (Trial& each : trials_) each.rate = 1000;
  EXPECT_EQ(verdict_with(0.5, 0.5), "tie tie");
  EXPECT_EQ(verdict_with(0.9, 0.5), "client-bound client-bound");
  EXPECT_EQ(verdict_with(0.5, 0.9), "client-bound client-bound");
  trials_.resize(8);
  EXPECT_EQ(verdict_with(0.9, 0.9), "no interval no interval");
}

// The places of fast, slow and slowest, which are 1, 2 and 3 by their figures.
TEST_F(CompareCells, LeaveOpenThePlaceOfACellThatTheClientHeldBack) {
  seven_blocks();
  Baseline slowest = slow_;
  slowest.name = slowest.implementation = "slowest";
  workload_.implementations.push_back("slowest");
  for (int block = 0; block < 7; ++block) trial(slowest, block, 100 + block);
  std::vector<Cell> all = cells();
  all.push_back({&workload_, &slowest, &load_});
  const auto places_with_bound = [&](const std::string& bound) {
    for (Trial& each : trials_) each.client_cpu = each.baseline == bound ? 0.9 : 0.1;
    auto records = summarise(all, trials_);
    rank(records, all, trials_, std::nullopt);
    std::string places;
    for (const CellRecord& record : records) {
      places += std::to_string(record.rank->low) + "-" + std::to_string(record.rank->high) + " ";
    }
    return places;
  };
  EXPECT_EQ(places_with_bound("nobody"), "1-1 2-2 3-3 ");
  EXPECT_EQ(places_with_bound("fast@v"), "1-1 2-2 3-3 ");
  EXPECT_EQ(places_with_bound("slow@v"), "1-2 1-2 3-3 ");
  EXPECT_EQ(places_with_bound("slowest@v"), "1-2 2-3 1-3 ");
}

TEST_F(CompareCells, GiveNoVerdictBelowSixPairs) {
  for (int block = 0; block < 6; ++block) {
    trial(fast_, block, 1000, block == 0 ? "errors" : "");
    trial(slow_, block, 500);
  }
  const auto ratios = compare(cells(), trials_);
  EXPECT_DOUBLE_EQ(ratios.at(0).rate.median, 2.0);
  EXPECT_EQ(ratios.at(0).verdict, "no interval");
}

// All seven of one are above all seven of the other: 2 of the 3432 ways to deal them are as far
// out.
TEST_F(CompareCells, SayHowLikelyChanceIsAndByHowMuchTheyDiffer) {
  seven_blocks();
  const RatioRecord ratio = compare(cells(), trials_).at(0);
  ASSERT_TRUE(ratio.p && ratio.shift && ratio.shift->low && ratio.shift->high);
  EXPECT_NEAR(*ratio.p, 2.0 / 3432, 1e-12);
  EXPECT_DOUBLE_EQ(ratio.shift->median, 515);
  EXPECT_LT(*ratio.shift->low, 515);
  EXPECT_GT(*ratio.shift->high, 515);
}

TEST_F(CompareCells, MakeEachPAsLargeAsTheNumberOfRatiosAsks) {
  seven_blocks();
  Baseline slowest = slow_;
  slowest.name = slowest.implementation = "slowest";
  for (int block = 0; block < 7; ++block) trial(slowest, block, 100 + block);
  std::vector<Cell> all = cells();
  all.push_back({&workload_, &slowest, &load_});
  const auto ratios = compare(all, trials_);
  ASSERT_EQ(ratios.size(), 3U);
  for (const RatioRecord& ratio : ratios) EXPECT_NEAR(ratio.p.value_or(1), 6.0 / 3432, 1e-12);
}

// Of three a side no p is below 0.1, and no interval is narrow enough to be one.
TEST_F(CompareCells, GiveAShiftWithoutAnIntervalWhereTrialsAreFew) {
  for (int block = 0; block < 3; ++block) {
    trial(fast_, block, 1000 + block);
    trial(slow_, block, 500);
  }
  const RatioRecord ratio = compare(cells(), trials_).at(0);
  EXPECT_NEAR(ratio.p.value_or(0), 0.1, 1e-12);
  ASSERT_TRUE(ratio.shift);
  EXPECT_DOUBLE_EQ(ratio.shift->median, 501);
  EXPECT_FALSE(ratio.shift->low);
}

// A difference that every block shows, below what blocks differ by: the pairs decide, not p.
TEST_F(CompareCells, LetTheIntervalDecideAndNotP) {
  for (int block = 0; block < 7; ++block) {
    trial(fast_, block, 1.1 * (1000 + 300 * block));
    trial(slow_, block, 1000 + 300 * block);
  }
  const RatioRecord ratio = compare(cells(), trials_).at(0);
  EXPECT_GT(ratio.p.value_or(0), 0.05);
  EXPECT_EQ(ratio.verdict, "faster");
}

TEST_F(CompareCells, PairAndRankOnlyTheLastAttempts) {
  seven_blocks();
  for (int block = 0; block < 7; ++block) {
    trial(slow_, block, 4 * (1000 + 10 * block));
    trials_.back().attempt = 1;
  }
  EXPECT_NEAR(compare(cells(), trials_).at(0).rate.median, 0.25, 1e-9);
  auto records = summarise(cells(), trials_);
  rank(records, cells(), trials_, std::nullopt);
  EXPECT_EQ(records[0].rank->low, 2U);
  EXPECT_EQ(records[1].rank->high, 1U);
}

TEST_F(CompareCells, ClaimNothingOfRatesThatWereAskedFor) {
  seven_blocks();
  std::vector<Cell> all = cells();
  all.push_back(all[0]);
  all[2].is_twin = true;
  for (int block = 0; block < 7; ++block) {
    trial(fast_, block, 1000);
    trials_.back().twin = true;
  }
  load_.share = ShareOf{0.5, "two"};
  EXPECT_TRUE(compare(all, trials_).empty());
  EXPECT_FALSE(noise_of(all, trials_));
  auto records = summarise(all, trials_);
  rank(records, all, trials_, std::nullopt);
  EXPECT_FALSE(records[0].rank);
  load_.share.reset();
  load_.rate = 1000;
  EXPECT_TRUE(compare(all, trials_).empty());
  load_.rate.reset();
  load_.p99_limit_ms = 5;  // the highest rate that keeps it is the server's own
  EXPECT_EQ(compare(all, trials_).size(), 1U);
}

}  // namespace
}  // namespace assay::lab
