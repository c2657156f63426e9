#include "harness/lab/figures/summarise.h"

#include <gtest/gtest.h>

#include "harness/lab/figures/invented_trials.h"
#include "harness/lab/trial/attempts.h"

namespace assay::lab {
namespace {

using Summarise = InventedTrials;

TEST_F(Summarise, GivesAMedianWithAnInterval) {
  seven_blocks();
  const CellRecord cell = summarise(cells(), trials_).front();
  EXPECT_EQ(cell.valid, 7);
  ASSERT_TRUE(cell.rate && cell.rate->low && cell.rate->high);
  EXPECT_DOUBLE_EQ(cell.rate->median, 1030);
  EXPECT_LT(*cell.rate->low, 1030);
  EXPECT_GT(*cell.rate->high, 1030);
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

TEST_F(Summarise, SaysUnderWhichLoadAServerFailedThatIsNotAskedAgain) {
  Load many;
  many.name = "many";
  const std::vector<Cell> both{{&workload_, &fast_, &load_}, {&workload_, &fast_, &many}};
  for (int block = 0; block < tried_starts; ++block) {
    trial(fast_, block, 0, "no reply within 20 s");
    trials_.back().fault = "server";
  }
  EXPECT_EQ(summarise(both, trials_)[1].missing,
            "it failed under two, and was not asked again: no reply within 20 s");
  many.server_cores = 2;  // so that it starts otherwise
  EXPECT_EQ(summarise(both, trials_)[1].missing, "not measured: the run was cut short");
  many.server_cores.reset();
  trials_.back().requests = 1;  // so that the next would have been tried
  EXPECT_EQ(summarise(both, trials_)[1].missing, "not measured: the run was cut short");
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

TEST_F(Summarise, SaysOfADocumentsClientWhatItCouldHaveHad) {
  load_.client = Client::urllib_pool;
  trial(fast_, 0, 1000);
  trials_.front().client_cpu = 0.97;
  EXPECT_EQ(summarise(cells(), trials_).front().warnings,
            std::vector<std::string>{"client-bound: it used 97 % of the cores that it could have "
                                     "had, so the server may be faster"});
}

// The median of ten is 1000; eight of ten kept 900, and nine of ten do not keep that.
TEST_F(Summarise, SaysOfACapacityWhatFourInFiveOfItsTrialsKept) {
  load_.p99_limit_ms = 10;
  for (const double rate :
       {1000.0, 700.0, 1010.0, 900.0, 990.0, 1020.0, 800.0, 1030.0, 1040.0, 1000.0}) {
    trial(fast_, static_cast<int>(trials_.size()), rate * 0.999);
    trials_.back().asked_rate = rate;
  }
  EXPECT_EQ(summarise(cells(), trials_).front().warnings,
            std::vector<std::string>{"the capacity is uneven: four in five of its trials kept 900 "
                                     "requests/s, and the median is what half of them kept"});
  trials_[3].asked_rate = 960;
  EXPECT_TRUE(summarise(cells(), trials_).front().warnings.empty()) << "a step or two below";
  load_.p99_limit_ms.reset();
  trials_[3].asked_rate = 900;
  EXPECT_TRUE(summarise(cells(), trials_).front().warnings.empty()) << "no capacity was looked for";
}

TEST_F(Summarise, CountsATrialInWhichTheServerKeptNoRateAtAll) {
  load_.p99_limit_ms = 10;
  for (int block = 0; block < 5; ++block) {
    trial(fast_, block, 1000, block < 2 ? "no rate that was tried keeps its p99" : "");
    if (block < 2) trials_.back().fault = "server";
  }
  const auto warnings = summarise(cells(), trials_).front().warnings;
  EXPECT_EQ(warnings.back(),
            "the capacity is uneven: four in five of its trials kept 0 requests/s, "
            "and the median is what half of them kept");
}

TEST_F(Summarise, GivesLatenciesWithTheirIntervals) {
  for (int block = 0; block < 7; ++block) {
    trial(fast_, block, 1000);
    trials_.back().latency_us.p50 = 100 + block;
    trials_.back().latency_us.p99 = 900 + block;
  }
  const CellRecord cell = summarise(cells(), trials_).front();
  EXPECT_EQ(cell.p50_us, 103);
  ASSERT_TRUE(cell.p50_range_us && cell.p99_range_us);
  EXPECT_LT(cell.p50_range_us->low, 103);
  EXPECT_GT(cell.p50_range_us->high, 103);
  EXPECT_LT(cell.p99_range_us->low, 903);
  EXPECT_GT(cell.p99_range_us->high, 903);
  trials_.resize(5);
  EXPECT_FALSE(summarise(cells(), trials_).front().p99_range_us) << "five trials are too few";
}

TEST_F(Summarise, HasNoIntervalOfAPercentileThatOneTrialCannotGive) {
  for (int block = 0; block < 7; ++block) {
    trial(fast_, block, 1000);
    if (block > 0) trials_.back().latency_us.p99 = 900;
  }
  const CellRecord cell = summarise(cells(), trials_).front();
  EXPECT_FALSE(cell.p99_us);
  EXPECT_FALSE(cell.p99_range_us);
}

TEST_F(Summarise, SaysWhatWasAskedForInAnOpenLoop) {
  trial(fast_, 0, 990);
  EXPECT_FALSE(summarise(cells(), trials_).front().asked_rate);
  trials_.back().asked_rate = 1000;
  trial(fast_, 1, 1010);
  trials_.back().asked_rate = 1020;
  EXPECT_EQ(summarise(cells(), trials_).front().asked_rate, 1010);
}

TEST_F(Summarise, CountsOnlyTheLastAttemptOfABlockAndTellsOfThoseBefore) {
  trial(fast_, 0, 10, "steal above 1 %");
  trial(fast_, 0, 20, "steal above 1 %");
  trials_.back().attempt = 1;
  trial(fast_, 0, 1000);
  trials_.back().attempt = 2;
  trial(fast_, 1, 10, "client-bound");
  trial(fast_, 1, 1020);
  trials_.back().attempt = 1;
  for (Trial& each : trials_) each.requests = 50;
  trials_.front().errors = {{"reset", 50}};
  const CellRecord cell = summarise(cells(), trials_).front();
  EXPECT_EQ(cell.trials, 2);
  EXPECT_EQ(cell.valid, 2);
  EXPECT_EQ(cell.rejected, 3);
  EXPECT_DOUBLE_EQ(cell.rate->median, 1010);
  EXPECT_EQ(cell.error_share, 0) << "what became of a spoilt trial's requests is not the server's";
  EXPECT_EQ(cell.warnings, (std::vector<std::string>{"1 trial made once more: client-bound",
                                                     "2 trials made once more: steal above 1 %"}));
}

}  // namespace
}  // namespace assay::lab
