#include "harness/lab/compare/compare_runs.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "harness/lab/compare/compare_text.h"
#include "server/model/json_read.h"
#include "server/model/json_write.h"

namespace assay::lab {
namespace {

// A run of one workload under one load, with a cell for each baseline that is added.
class InventedRun {
 public:
  InventedRun(const std::string& name, const std::string& build) {
    result_.run = name;
    result_.plan = "quick";
    result_.ours = "reference@loop";
    result_.host = {"host-1", "a processor", 2, 0, "", "", "", {}, {}};
    result_.provenance.commit = "0123456789abcdef0123" + build;
    result_.provenance.server_sha256 = build;
    result_.complete = true;
    result_.measure_s = 5;
    result_.loads.push_back({});
    result_.loads[0].name = "two";
    result_.loads[0].connections = 2;
    result_.workloads.push_back({"json", "JSON", "measures", "GET", "/json", 200, "t", 526});
  }
  // Rates are spread evenly around the middle one, by 1 % of it from trial to trial.
  void cell(const std::string& baseline, double rate, int trials = 7) {
    CellRecord cell;
    cell.workload = "json";
    cell.load = "two";
    cell.baseline = baseline;
    cell.rate = Quantity{rate, rate * 0.97, rate * 1.03};
    cell.cpu_us_per_request = Quantity{1e6 / rate, {}, {}};
    cell.p99_us = 500;
    result_.cells.push_back(cell);
    for (int block = 0; block < trials; ++block) {
      Trial trial;
      trial.workload = "json";
      trial.load = "two";
      trial.baseline = baseline;
      trial.block = block;
      trial.valid = true;
      trial.rate = rate * (1 + 0.01 * (block - (trials - 1) / 2));
      result_.trials.push_back(trial);
    }
  }
  // Of the cell that was added last.
  void client_used(double share) { result_.cells.back().client_cpu = share; }
  void without_figure(const std::string& baseline, const std::string& reason) {
    CellRecord cell;
    cell.workload = "json";
    cell.load = "two";
    cell.baseline = baseline;
    cell.missing = reason;
    result_.cells.push_back(cell);
  }
  RunResult& operator*() { return result_; }
  RunResult* operator->() { return &result_; }

 private:
  RunResult result_;
};

RunComparison compared(InventedRun& a, InventedRun& b) {
  const auto comparison = compare_runs(*a, *b);
  EXPECT_TRUE(comparison) << comparison.error().what();
  return comparison ? *comparison : RunComparison{};
}

class CompareRuns : public testing::Test {
 protected:
  InventedRun a_{"run-a", "aaaa"};
  InventedRun b_{"run-b", "bbbb"};
};

TEST_F(CompareRuns, GivesEachCellOfBothARatioWithAnIntervalAndAVerdict) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1200);
  a_.cell("karak@fair", 500);
  b_.cell("karak@fair", 400, 9);
  a_.cell("fastapi@tuned", 300);
  b_.cell("fastapi@tuned", 302);
  b_->cells[0].p99_us = 250;
  const RunComparison comparison = compared(a_, b_);
  ASSERT_EQ(comparison.cells.size(), 3U);
  const ComparedCell& cell = comparison.cells[0];
  EXPECT_EQ(cell.baseline, "reference@loop");
  ASSERT_TRUE(cell.ratio && cell.ratio->low && cell.ratio->high);
  EXPECT_NEAR(cell.ratio->median, 1.2, 0.001);
  EXPECT_GT(*cell.ratio->low, 1.15);
  EXPECT_LT(*cell.ratio->high, 1.25);
  EXPECT_EQ(cell.verdict, "faster");
  EXPECT_NEAR(cell.cpu_ratio.value_or(0), 1 / 1.2, 1e-12);
  EXPECT_NEAR(cell.p99_ratio.value_or(0), 0.5, 1e-12);
  EXPECT_EQ(comparison.cells[1].verdict, "slower");
  EXPECT_EQ(comparison.cells[2].verdict, "tie");
}

TEST_F(CompareRuns, TakesTheLargerNoiseOfTheTwo) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1200);
  a_->noise = NoiseRecord{0.15, 0.2, 0.3, 1};
  b_->noise = NoiseRecord{0.01, 0.02, 0.03, 1};
  EXPECT_EQ(compared(a_, b_).cells[0].verdict, "tie");
  EXPECT_DOUBLE_EQ(compared(a_, b_).floor, 0.3);
  std::swap(a_->noise, b_->noise);
  EXPECT_EQ(compared(a_, b_).cells[0].verdict, "tie");
  a_->noise = b_->noise = NoiseRecord{0.01, 0.02, 0.03, 1};
  EXPECT_EQ(compared(a_, b_).cells[0].verdict, "faster");
}

TEST_F(CompareRuns, CountsNeitherTwinsNorTrialsThatWereMadeOnceMore) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1000);
  for (int block = 0; block < 7; ++block) {
    Trial twin = b_->trials[static_cast<std::size_t>(block)];
    twin.rate *= 2;
    twin.twin = true;
    b_->trials.push_back(twin);
    Trial spoilt = b_->trials[static_cast<std::size_t>(block)];
    spoilt.rate /= 10;
    b_->trials[static_cast<std::size_t>(block)].attempt = 1;
    b_->trials.push_back(spoilt);
  }
  EXPECT_DOUBLE_EQ(compared(a_, b_).cells[0].ratio->median, 1);
}

TEST_F(CompareRuns, HasNoVerdictFromThreeTrials) {
  a_.cell("reference@loop", 1000, 3);
  b_.cell("reference@loop", 1200);
  const RunComparison comparison = compared(a_, b_);
  EXPECT_EQ(comparison.cells[0].verdict, "no interval");
  EXPECT_NEAR(comparison.cells[0].ratio->median, 1.2, 0.001);
  EXPECT_NE(slower_text(comparison), "") << "what nobody can tell is not a yes";
}

TEST_F(CompareRuns, ClaimsNothingOfARateThatWasAskedFor) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1200);
  a_->loads[0].share = b_->loads[0].share = 0.5;
  const RunComparison comparison = compared(a_, b_);
  EXPECT_FALSE(comparison.cells[0].ratio);
  EXPECT_EQ(comparison.cells[0].verdict, "");
  EXPECT_NEAR(comparison.cells[0].cpu_ratio.value_or(0), 1 / 1.2, 1e-12);
  EXPECT_NE(text(comparison).find("as it was asked for"), std::string::npos);
}

TEST_F(CompareRuns, SaysWhichCellsAreNotInBoth) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1000);
  a_.cell("karak@fair", 500);
  b_.cell("fastapi@tuned", 300);
  const RunComparison comparison = compared(a_, b_);
  ASSERT_EQ(comparison.others.size(), 2U);
  EXPECT_EQ(comparison.others[0].baseline, "karak@fair");
  EXPECT_EQ(comparison.others[0].reason, "only in A");
  EXPECT_EQ(comparison.others[1].reason, "only in B");
  EXPECT_NE(text(comparison).find("  not compared, only in A\n    json, two: karak@fair\n"),
            std::string::npos);
}

TEST_F(CompareRuns, TakesTwoLoadsOfOneNameThatAskOtherwiseForTwo) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1000);
  b_->loads[0].title = "other words";
  b_->loads[0].measure_s = 10;
  EXPECT_EQ(compared(a_, b_).cells.size(), 1U);
  b_->loads[0].connections = 64;
  const auto none = compare_runs(*a_, *b_);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().what(), "runs run-a and run-b have no cell in common");
  b_->loads[0].connections = 2;
  b_->workloads[0].bytes = 1000;
  EXPECT_FALSE(compare_runs(*a_, *b_)) << "the reply is another";
}

TEST_F(CompareRuns, SaysWhyOneHasNoFigure) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1000);
  a_.cell("karak@fair", 500);
  b_.without_figure("karak@fair", "its environment is missing: run make setup");
  const RunComparison comparison = compared(a_, b_);
  EXPECT_FALSE(comparison.cells[1].ratio);
  EXPECT_NE(text(comparison).find("- B: its environment is missing: run make setup\n"),
            std::string::npos);
  EXPECT_EQ(slower_text(comparison), "B is slower in 0 of 2 cells; in 1 nobody can tell");
}

TEST_F(CompareRuns, AnswersWhetherBIsSlower) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1200);
  EXPECT_EQ(slower_text(compared(a_, b_)), "");
  EXPECT_EQ(slower_text(compared(b_, a_)), "B is slower in 1 of 1 cells; in 0 nobody can tell");
}

TEST_F(CompareRuns, TakesNoTieFromACellThatTheClientHeldBack) {
  for (const auto& [share_a, share_b, verdict] :
       {std::tuple{0.86, 0.86, "client-bound"}, std::tuple{0.86, 0.5, "client-bound"},
        std::tuple{0.5, 0.86, "client-bound"}, std::tuple{0.85, 0.85, "tie"}}) {
    InventedRun a("run-a", "aaaa");
    InventedRun b("run-b", "bbbb");
    a.cell("reference@loop", 1000);
    a.client_used(share_a);
    b.cell("reference@loop", 1000);
    b.client_used(share_b);
    EXPECT_EQ(compared(a, b).cells[0].verdict, verdict) << share_a << ", " << share_b;
  }
}

TEST_F(CompareRuns, TakesALeadOnlyOverACellThatTheClientDidNotHoldBack) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1200);
  a_.client_used(0.5);
  b_.client_used(0.99);
  EXPECT_EQ(compared(a_, b_).cells[0].verdict, "faster") << "by that much at least";
  EXPECT_EQ(compared(b_, a_).cells[0].verdict, "slower");
  a_.client_used(0.99);
  b_.client_used(0.5);
  EXPECT_EQ(compared(a_, b_).cells[0].verdict, "client-bound");
  EXPECT_EQ(compared(b_, a_).cells[0].verdict, "client-bound");
}

TEST_F(CompareRuns, CannotTellWhetherBIsSlowerWhereTheClientHeldItBack) {
  for (InventedRun* run : {&a_, &b_}) {
    run->cell("reference@loop", 1000);
    run->client_used(0.97);
  }
  const RunComparison comparison = compared(a_, b_);
  EXPECT_EQ(slower_text(comparison), "B is slower in 0 of 1 cells; in 1 nobody can tell");
  EXPECT_NE(text(comparison).find("client-bound: the client held back the one that is behind"),
            std::string::npos);
}

TEST_F(CompareRuns, OfTwoHostsComparesOnlyTheLeadsOfTheReference) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 9000);
  a_.cell("karak@fair", 500);
  b_.cell("karak@fair", 3000);
  b_->host.id = "host-2";
  RatioRecord lead;
  lead.workload = "json";
  lead.load = "two";
  lead.ours = "reference@loop";
  lead.theirs = "karak@fair";
  lead.rate = {2, 1.9, 2.1};
  lead.verdict = "faster";
  a_->ratios.push_back(lead);
  EXPECT_FALSE(compare_runs(*a_, *b_)) << "only one has it";
  lead.rate = {3, 2.9, 3.1};
  b_->ratios.push_back(lead);
  const RunComparison comparison = compared(a_, b_);
  EXPECT_TRUE(comparison.cells.empty());
  ASSERT_EQ(comparison.leads.size(), 1U);
  EXPECT_EQ(comparison.leads[0].theirs, "karak@fair");
  const std::string shown = text(comparison);
  EXPECT_NE(shown.find("2.00 (1.90 to 2.10) faster     3.00 (2.90 to 3.10) faster"),
            std::string::npos)
      << shown;
  EXPECT_EQ(shown.find("9000"), std::string::npos) << "no rate of either";
  b_->ours = "reference@pool";
  const auto none = compare_runs(*a_, *b_);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().what(), "runs run-a and run-b have no ratio to a reference in common");
}

TEST_F(CompareRuns, RemarksOnWhatElseDiffers) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1000);
  EXPECT_TRUE(compared(a_, b_).remarks.empty());
  b_->complete = false;
  b_->blocks = 10;
  b_->blocks_done = 4;
  b_->measure_s = 10;
  for (InventedRun* run : {&a_, &b_}) {
    BaselineRecord baseline;
    baseline.label = "karak@fair";
    baseline.available = true;
    baseline.packages = {{"karak", run == &a_ ? "0.1.0" : "0.2.0"}};
    (*run)->baselines.push_back(baseline);
  }
  EXPECT_EQ(
      compared(a_, b_).remarks,
      (std::vector<std::string>{"B was cut short after 4 of 10 blocks",
                                "a trial was measured for 5 s in A, for 10 s in B",
                                "karak@fair had another interpreter or other packages in B"}));
}

TEST_F(CompareRuns, NamesBothBuildsOrSaysThatItIsOne) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1000);
  b_->provenance.commit = "fedcba9876543210";
  b_->provenance.dirty = true;
  EXPECT_NE(text(compared(a_, b_))
                .find("two builds of the reference: commit 0123456789ab and commit fedcba987654 "
                      "with changes\n"),
            std::string::npos);
  b_->provenance.server_sha256 = a_->provenance.server_sha256;
  EXPECT_NE(text(compared(a_, b_)).find("one build of the reference"), std::string::npos);
}

TEST_F(CompareRuns, AreShownInAHundredColumns) {
  const std::string longest = "fastapi@tuned-database-per-request";
  for (InventedRun* run : {&a_, &b_}) {
    (*run)->host.cpu = "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz";
    (*run)->host.id = "d9cf490c010d";
    (*run)->run = "20261129T033837Z-karak-high-concurrency";
    (*run)->provenance.dirty = true;
    (*run)->provenance.server_sha256 += std::string(60, '0');
    (*run).cell("reference@loop", 123456);
    (*run).client_used(0.97);
  }
  a_.cell(longest, 1234);
  b_.cell(longest, 12345);
  for (int i = 0; i < 12; ++i) a_.cell("fastapi@variant-" + std::to_string(i), 100);
  std::istringstream lines(text(compared(a_, b_)));
  std::string title;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 100U) << line;
    if (line.find("B over A  ") != line.npos) title = line;
    if (line.rfind("  reference@loop", 0) != 0) continue;
    EXPECT_EQ(line.find("1.00 ("), title.find("B over A")) << line << "\n" << title;
  }
  EXPECT_NE(title, "");
}

TEST_F(CompareRuns, AreAlsoOneJsonDocument) {
  a_.cell("reference@loop", 1000);
  b_.cell("reference@loop", 1200);
  const auto read = model::from_json<RunComparison>(model::to_json(compared(a_, b_)));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value.b.run, "run-b");
  EXPECT_EQ(read.value.cells.at(0).verdict, "faster");
}

}  // namespace
}  // namespace assay::lab
