#include "harness/lab/run/run_end.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

// A plan of one cell whose rates alternate around 1000 by a share.
class EndOfARun : public testing::Test {
 protected:
  void SetUp() override {
    plan_.blocks = 8;
    plan_.most_blocks = 12;
    workload_.name = "json";
    baseline_.name = "reference";
    baseline_.variant = "loop";
    load_.name = "l";
    cells_.push_back({&workload_, &baseline_, &load_});
  }
  RunEnd end_after(int blocks, double spread, const BlockTimes& times = {0, 100, 10}) {
    std::vector<Trial> trials;
    for (int block = 0; block < blocks; ++block) {
      Trial& trial = trials.emplace_back();
      trial.workload = "json";
      trial.baseline = "reference@loop";
      trial.load = "l";
      trial.block = block;
      trial.valid = true;
      trial.rate = 1000 * (1 + (block % 2 == 0 ? spread : -spread));
    }
    return end_of(plan_, cells_, trials, {blocks, times.gone_s, times.longest_s});
  }

  Plan plan_;
  Workload workload_;
  Baseline baseline_;
  Load load_;
  std::vector<Cell> cells_;
};

TEST_F(EndOfARun, ComesWithPrecisionOnceItHasItsBlocks) {
  EXPECT_EQ(end_after(7, 0.001), RunEnd::goes_on);
  EXPECT_EQ(end_after(8, 0.001), RunEnd::precision);
  EXPECT_EQ(end_after(8, 0.1), RunEnd::goes_on);
  EXPECT_EQ(end_after(12, 0.1), RunEnd::blocks);
}

TEST_F(EndOfARun, ComesWithItsBlocksWhereThePlanHasNoMore) {
  plan_.most_blocks = 8;
  EXPECT_EQ(end_after(7, 0.001), RunEnd::goes_on);
  EXPECT_EQ(end_after(8, 0.1), RunEnd::blocks);
}

TEST_F(EndOfARun, ComesBeforeABlockThatWouldEndBeyondTheBudget) {
  plan_.budget_s = 60;
  EXPECT_EQ(end_after(3, 0.1, {0, 50, 10}), RunEnd::goes_on);
  EXPECT_EQ(end_after(3, 0.1, {0, 51, 10}), RunEnd::time);
  EXPECT_EQ(end_after(0, 0.1, {0, 51, 10}), RunEnd::goes_on) << "one block is always measured";
}

TEST_F(EndOfARun, IsNotKeptAwayByCellsWithoutFiguresOrWithARateThatWasAsked) {
  Load open;
  open.name = "open";
  open.rate = 100;
  Load never;
  never.name = "never";
  cells_.push_back({&workload_, &baseline_, &open});
  cells_.push_back({&workload_, &baseline_, &never});
  EXPECT_EQ(end_after(8, 0.001), RunEnd::precision);
}

Trial trial_at(int block, const std::string& started, double measured_s = 5) {
  Trial trial;
  trial.block = block;
  trial.started = started;
  trial.warm_up_s = 1;
  trial.duration_s = measured_s;
  return trial;
}

// Two trials a block, eight seconds apart; cut off for a night, in the middle of a block.
TEST(SecondsByBlock, LeaveOutTheTimeForWhichTheRunWasCutOff) {
  const std::vector<Trial> trials = {
      trial_at(0, "2026-11-21T23:59:50Z"), trial_at(0, "2026-11-21T23:59:58Z"),
      trial_at(1, "2026-11-22T00:00:06Z"), trial_at(1, "2026-11-22T08:00:10Z"),
      trial_at(2, "2026-11-22T08:00:18Z", 20)};
  EXPECT_EQ(seconds_by_block(trials, {"2026-11-22T08:00:00Z"}),
            (std::map<int, double>{{0, 16}, {1, 6 + 8}, {2, 21}}));
}

TEST(SecondsByBlock, AreAtLeastWhatATrialMeasuredThoughTheClockWasPutBack) {
  EXPECT_EQ(seconds_by_block(
                {trial_at(0, "2026-11-21T12:00:00Z"), trial_at(1, "2026-11-21T11:00:00Z")}, {}),
            (std::map<int, double>{{0, 6}, {1, 6}}));
}

}  // namespace
}  // namespace assay::lab
