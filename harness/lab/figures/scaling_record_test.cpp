#include "harness/lab/figures/scaling_record.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

// A cell of `cpu` with the rate that the law gives to so many workers, drifting from block to
// block.
void add(std::vector<CellRecord>& cells, std::vector<Trial>& trials, const std::string& baseline,
         double rate, int blocks) {
  CellRecord& record = cells.emplace_back();
  record.workload = "cpu";
  record.baseline = baseline;
  record.load = "l";
  record.rate = Quantity{rate, rate, rate};
  for (int block = 0; block < blocks; ++block) {
    Trial& trial = trials.emplace_back();
    trial.workload = "cpu";
    trial.baseline = baseline;
    trial.load = "l";
    trial.block = block;
    trial.valid = true;
    trial.rate = rate * (1 + 0.05 * block);
  }
}

double rate_of(double workers, double sigma, double kappa) {
  return 100 * workers / (1 + sigma * (workers - 1) + kappa * workers * (workers - 1));
}

Scaling scaling_over(const std::vector<int>& sizes) {
  Scaling scaling{"workers", "workers", {}};
  for (const int size : sizes) {
    scaling.sizes.push_back({static_cast<double>(size), "w" + std::to_string(size), "l"});
  }
  return scaling;
}

TEST(ScalingRecord, FindsTheLawOfThreeSizesAndMore) {
  std::vector<CellRecord> cells;
  std::vector<Trial> trials;
  for (const int size : {1, 2, 4, 8}) {
    add(cells, trials, "w" + std::to_string(size), rate_of(size, 0.1, 0.01), 7);
  }
  const auto records = scaling_records({scaling_over({1, 2, 4, 8})}, cells, trials, true);
  ASSERT_EQ(records.size(), 1U);
  const ScalingRecord& found = records.front();
  EXPECT_EQ(found.law, "universal") << found.missing;
  EXPECT_NEAR(found.sigma->median, 0.1, 1e-6);
  EXPECT_NEAR(found.kappa->median, 0.01, 1e-6);
  EXPECT_NEAR(found.peak.value_or(0), 9.49, 0.01);
  EXPECT_EQ(found.points.size(), 4U);
}

TEST(ScalingRecord, FindsAmdahlsLawOfTwoSizes) {
  std::vector<CellRecord> cells;
  std::vector<Trial> trials;
  for (const int size : {1, 2}) {
    add(cells, trials, "w" + std::to_string(size), rate_of(size, 0.2, 0), 6);
  }
  const auto records = scaling_records({scaling_over({1, 2, 4})}, cells, trials, true);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records.front().law, "amdahl") << records.front().missing;
  EXPECT_NEAR(records.front().sigma->median, 0.2, 1e-6);
  EXPECT_FALSE(records.front().points.at(2).rate);
}

TEST(ScalingRecord, FitsNoRateThatTheClientWasTheLimitOf) {
  std::vector<CellRecord> cells;
  std::vector<Trial> trials;
  for (const int size : {1, 2, 4}) {
    add(cells, trials, "w" + std::to_string(size), rate_of(size, 0.1, 0.01), 7);
    cells.back().client_cpu = 0.85;
  }
  add(cells, trials, "w8", rate_of(4, 0.1, 0.01), 5);
  cells.back().client_cpu = 0.86;
  const ScalingRecord found =
      scaling_records({scaling_over({1, 2, 4, 8})}, cells, trials, true).front();
  ASSERT_EQ(found.law, "universal") << found.missing;
  EXPECT_NEAR(found.sigma->median, 0.1, 1e-6);
  EXPECT_NEAR(found.kappa->median, 0.01, 1e-6);
  EXPECT_TRUE(found.points.at(3).rate) << "it was measured";
  cells.at(1).client_cpu = cells.at(2).client_cpu = 0.99;
  const ScalingRecord lacking =
      scaling_records({scaling_over({1, 2, 4, 8})}, cells, trials, true).front();
  EXPECT_EQ(lacking.law, "");
  EXPECT_EQ(lacking.missing,
            "no fit: the client, not the server, was the limit of 3 of the 4 sizes with figures, "
            "and a law needs two others");
}

TEST(ScalingRecord, SaysWhatAFitLacks) {
  std::vector<CellRecord> cells;
  std::vector<Trial> trials;
  add(cells, trials, "w1", 100, 6);
  EXPECT_EQ(scaling_records({scaling_over({1, 2, 4})}, cells, trials, true).front().missing,
            "no fit: 1 of 3 sizes have figures, and a law needs two");
  add(cells, trials, "w2", 190, 5);
  EXPECT_EQ(scaling_records({scaling_over({1, 2, 4})}, cells, trials, true).front().missing,
            "no fit: fewer than six blocks in which every size has a figure");
}

TEST(ScalingRecord, HasNoLawByCoresWhereTheClientSharesThem) {
  std::vector<CellRecord> cells;
  std::vector<Trial> trials;
  for (const int size : {1, 2, 4}) {
    add(cells, trials, "w" + std::to_string(size), rate_of(size, 0.1, 0.01), 7);
  }
  Scaling by_cores = scaling_over({1, 2, 4});
  EXPECT_EQ(scaling_records({by_cores}, cells, trials, false).front().missing, "");  // of workers
  by_cores.by = "cores";
  EXPECT_EQ(scaling_records({by_cores}, cells, trials, true).front().missing, "");
  const ScalingRecord shared = scaling_records({by_cores}, cells, trials, false).front();
  EXPECT_NE(shared.missing.find("the client has no cores of its own"), std::string::npos);
  EXPECT_TRUE(shared.law.empty());
  EXPECT_TRUE(shared.points.front().rate);
}

}  // namespace
}  // namespace assay::lab
