#include "harness/lab/figures/factor_record.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

constexpr int blocks = 8;

// Trials of one workload and their cells: each rate drifts with its block, as a busy host makes it.
class Factors : public testing::Test {
 protected:
  void cell(const std::string& baseline, const std::string& load, double rate) {
    CellRecord& record = cells_.emplace_back();
    record.workload = "json";
    record.baseline = baseline;
    record.load = load;
    for (int block = 0; block < blocks; ++block) {
      Trial& trial = trials_.emplace_back();
      trial.workload = "json";
      trial.baseline = baseline;
      trial.load = load;
      trial.block = block;
      trial.valid = true;
      trial.rate = rate * (1 + 0.1 * block);
    }
  }
  FactorRecord only(const Factor& factor) const {
    const auto records = factor_records({factor}, cells_, trials_);
    EXPECT_EQ(records.size(), 1U);
    return records.empty() ? FactorRecord{} : records.front();
  }

  const Pairing documented_{"karak", "fastapi", "documented"};
  const Pairing fair_{"karak", "tuned", "fair"};
  std::vector<CellRecord> cells_;
  std::vector<Trial> trials_;
};

// A lead of 4, of which the log makes a factor of 2 from either end: half of it.
TEST_F(Factors, HaveTheirShareOfTheLeadFromBothEnds) {
  cell("karak", "documented", 4000);
  cell("fastapi", "documented", 1000);
  cell("no-log", "documented", 2000);
  cell("karak", "fair", 8000);
  cell("tuned", "fair", 8000);
  cell("tuned-log", "fair", 4000);
  const FactorRecord log = only({"log", documented_, Pairing{"karak", "no-log", "documented"},
                                 fair_, Pairing{"karak", "tuned-log", "fair"}});
  EXPECT_EQ(log.missing, "");
  EXPECT_NEAR(log.documented.ratio->median, 4, 1e-9);
  EXPECT_NEAR(log.fair.ratio->median, 1, 1e-9);
  EXPECT_NEAR(log.first->median, 2, 1e-9);
  EXPECT_NEAR(log.last->median, 2, 1e-9);
  ASSERT_TRUE(log.share && log.share->low && log.share->high);
  EXPECT_NEAR(log.share->median, 0.5, 1e-9);
}

TEST_F(Factors, ThatAreTurnedOneWayHaveThatShare) {
  cell("karak", "documented", 4000);
  cell("fastapi", "documented", 1000);
  cell("karak", "fair", 8000);
  cell("tuned", "fair", 8000);
  cell("h11", "fair", 8000 / std::sqrt(2.0));
  const FactorRecord parser =
      only({"parser", documented_, {}, fair_, Pairing{"karak", "h11", "fair"}});
  EXPECT_FALSE(parser.first);
  EXPECT_NEAR(parser.share->median, 0.25, 1e-9);
}

TEST_F(Factors, HaveNoShareOfALeadThatIsNone) {
  cell("karak", "documented", 1000);
  cell("fastapi", "documented", 1000);
  cell("no-log", "documented", 2000);
  cell("karak", "fair", 8000);
  cell("tuned", "fair", 8000);
  const FactorRecord log =
      only({"log", documented_, Pairing{"karak", "no-log", "documented"}, fair_, {}});
  EXPECT_FALSE(log.share);
  EXPECT_EQ(log.missing, "there is no documented lead to share out: 1.00 (1.00 to 1.00)");
  EXPECT_NEAR(log.first->median, 2, 1e-9);
}

TEST_F(Factors, SayWhatHasNoFigures) {
  cell("karak", "documented", 4000);
  cell("fastapi", "documented", 1000);
  cell("no-log", "documented", 2000);
  cell("karak", "fair", 8000);
  cell("tuned", "fair", 8000);
  for (Trial& trial : trials_) {
    if (trial.baseline == "no-log") trial.valid = false;
  }
  const Factor factor{"log", documented_, Pairing{"karak", "no-log", "documented"}, fair_, {}};
  EXPECT_EQ(only(factor).missing, "the pair with the factor turned has no figures");
  for (Trial& trial : trials_) {
    if (trial.baseline == "fastapi") trial.valid = false;
  }
  EXPECT_EQ(only(factor).missing, "the documented pair has no figures");
}

TEST_F(Factors, AreOfTheWorkloadsThatHaveTheirCells) {
  cell("karak", "documented", 4000);
  cell("fastapi", "documented", 1000);
  cell("no-log", "documented", 2000);
  const Factor factor{"log", documented_, Pairing{"karak", "no-log", "documented"}, fair_, {}};
  EXPECT_TRUE(factor_records({factor}, cells_, trials_).empty());
}

}  // namespace
}  // namespace assay::lab
