#include "harness/lab/summarise.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

// Two baselines on one workload under one load, and trials with given rates.
class Summarise : public testing::Test {
 protected:
  Summarise() {
    workload_.name = "json";
    workload_.implementations = {"fast", "slow"};
    load_.name = "two";
    fast_.name = "fast";
    slow_.name = "slow";
    fast_.implementation = "fast";
    slow_.implementation = "slow";
    fast_.variant = slow_.variant = "v";
  }
  std::vector<Cell> cells() { return {{&workload_, &fast_, &load_}, {&workload_, &slow_, &load_}}; }
  void trial(const Baseline& baseline, int block, double rate, const std::string& reason = "") {
    Trial trial;
    trial.block = block;
    trial.workload = "json";
    trial.baseline = baseline.label();
    trial.load = "two";
    trial.rate = rate;
    trial.valid = reason.empty();
    if (!reason.empty()) trial.reasons.push_back(reason);
    trials_.push_back(trial);
  }
  void seven_blocks() {
    for (int block = 0; block < 7; ++block) {
      trial(fast_, block, 1000 + 10 * block);
      trial(slow_, block, 500 + 5 * block);
    }
  }

  Workload workload_;
  Load load_;
  Baseline fast_;
  Baseline slow_;
  std::vector<Trial> trials_;
};

TEST_F(Summarise, GivesAMedianWithAnInterval) {
  seven_blocks();
  const CellRecord cell = summarise(cells(), trials_).front();
  EXPECT_EQ(cell.valid, 7);
  ASSERT_TRUE(cell.rate && cell.rate->low && cell.rate->high);
  EXPECT_DOUBLE_EQ(cell.rate->median, 1030);
  EXPECT_LT(*cell.rate->low, 1030);
  EXPECT_GT(*cell.rate->high, 1030);
}

TEST_F(Summarise, ComparesBlockByBlock) {
  seven_blocks();
  const auto ratios = compare(cells(), trials_);
  ASSERT_EQ(ratios.size(), 1U);
  EXPECT_EQ(ratios[0].theirs, "slow@v");
  EXPECT_NEAR(ratios[0].rate.median, 2.0, 1e-9);  // in every block, though the rates drift
  EXPECT_NEAR(*ratios[0].rate.low, 2.0, 1e-9);
  EXPECT_EQ(ratios[0].verdict, "faster");
}

TEST_F(Summarise, GivesNoIntervalBelowSixValidTrials) {
  for (int block = 0; block < 6; ++block) {
    trial(fast_, block, 1000, block == 0 ? "errors" : "");
    trial(slow_, block, 500);
  }
  const CellRecord cell = summarise(cells(), trials_).front();
  EXPECT_EQ(cell.valid, 5);
  EXPECT_FALSE(cell.rate->low);
  EXPECT_EQ(cell.warnings, std::vector<std::string>{"1 of 6 trials not valid: errors"});
  const auto ratios = compare(cells(), trials_);
  EXPECT_DOUBLE_EQ(ratios.at(0).rate.median, 2.0);
  EXPECT_EQ(ratios.at(0).verdict, "no interval");
}

TEST_F(Summarise, TakesTheNoiseOfTheHostFromTheCellThatIsMeasuredTwice) {
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

TEST_F(Summarise, HasNoNoiseWithoutACellThatIsMeasuredTwice) {
  seven_blocks();
  EXPECT_FALSE(noise_of(cells(), trials_));
}

TEST_F(Summarise, GivesEachCellItsPlaceAndOneThatCannotBeToldBoth) {
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

TEST_F(Summarise, SaysWhyACellHasNoFigure) {
  slow_.environment.reason = "no interpreter";
  trial(fast_, 0, 0, "no reply within 20 s");
  const auto records = summarise(cells(), trials_);
  EXPECT_FALSE(records[0].rate);
  EXPECT_EQ(records[0].missing, "no reply within 20 s");
  EXPECT_EQ(records[1].missing, "no interpreter");
  slow_.environment.reason.clear();
  workload_.implementations = {"fast"};
  EXPECT_EQ(summarise(cells(), trials_)[1].missing, "slow has no json workload");
}

TEST_F(Summarise, CountsTheRepliesOfTrialsThatHadTooManyErrors) {
  trial(fast_, 0, 0, "errors above 0.1 % of requests: status");
  trials_.back().requests = 60;
  trials_.back().errors = {{"status", 40}};
  trials_.back().status = {{"200", 60}, {"500", 40}};
  const CellRecord record = summarise(cells(), trials_).front();
  ASSERT_TRUE(record.error_share);
  EXPECT_DOUBLE_EQ(*record.error_share, 0.4);
  EXPECT_EQ(record.missing,
            "errors above 0.1 % of requests: status; 40.0 % of the requests failed, replies by "
            "status: 60 x 200, 40 x 500");
}

TEST_F(Summarise, WarnsWhenTheClientWasTheLimit) {
  trial(fast_, 0, 1000);
  trials_.front().client_cpu = 0.97;
  const auto warnings = summarise(cells(), trials_).front().warnings;
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].rfind("client-bound: its busiest thread used 97 % of a core", 0), 0U);
}

}  // namespace
}  // namespace assay::lab
