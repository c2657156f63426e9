#include "harness/statistics/scaling_interval.h"

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "harness/statistics/simulated_noise.h"

namespace assay::statistics {
namespace {

using Blocks = std::vector<std::vector<Throughput>>;

// Of a host that drifts by 3 % from block to block, with 5 % noise of each trial.
Blocks blocks_of(SimulatedNoise& noise, const ScalingLaw& law, std::size_t blocks) {
  Blocks made(blocks);
  for (std::vector<Throughput>& block : made) {
    const double host = std::exp(0.03 * noise.normal());
    for (const double workers : {1, 2, 4, 8}) {
      const double off = std::exp(noise.draw(NoiseLaw::log_normal, 0.05));
      block.push_back({workers, host * off * rate_at(law, workers)});
    }
  }
  return made;
}

bool holds(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

struct Held {
  double lambda = 0;
  double sigma = 0;
  double kappa = 0;
  double peak = 0;
};

// The shares of 3,000 fits whose intervals hold the law's own; of 0.95 their error is 0.004.
Held shares_held(ScalingModel model, const ScalingLaw& law, std::size_t blocks) {
  SimulatedNoise noise(2026);
  const double peak = peak_workers(law).value_or(std::numeric_limits<double>::infinity());
  Held held;
  for (int round = 0; round < 3000; ++round) {
    const auto found = fit_blocks(model, blocks_of(noise, law, blocks));
    if (!found) continue;
    held.lambda += holds(found->lambda, law.lambda) ? 1 / 3000.0 : 0;
    held.sigma += holds(found->sigma, law.sigma) ? 1 / 3000.0 : 0;
    held.kappa += holds(found->kappa, law.kappa) ? 1 / 3000.0 : 0;
    held.peak += holds(found->peak_workers, peak) ? 1 / 3000.0 : 0;
  }
  return held;
}

TEST(FitBlocks, HoldsTheTruthInNinetyFiveOfAHundredCases) {
  for (const std::size_t blocks : {6U, 7U, 8U, 10U, 15U}) {
    const Held held = shares_held(ScalingModel::universal, {1000, 0.1, 0.02}, blocks);
    for (const double share : {held.lambda, held.sigma, held.kappa, held.peak}) {
      EXPECT_GE(share, 0.93) << blocks;
      EXPECT_LE(share, 0.97) << blocks;
    }
  }
}

TEST(FitBlocks, HoldsALawWithoutAPeakToo) {
  const Held held = shares_held(ScalingModel::universal, {1000, 0.05, 0}, 10);
  for (const double share : {held.lambda, held.sigma, held.kappa, held.peak}) {
    EXPECT_GE(share, 0.93);
  }
}

// As of a server that a lock serialises: blocks say now that more workers help a little, now that
// they do not. The peak's interval is cut off at one worker, and so may hold it more often.
TEST(FitBlocks, HoldsThePeakWhereNextToAllWorkIsDoneByOneAtATime) {
  for (const ScalingLaw& law : {ScalingLaw{1000, 0.6, 0.02}, ScalingLaw{1000, 0.95, 0.02},
                                ScalingLaw{1000, 1.2, 0.05}, ScalingLaw{1000, 1, 0}}) {
    const Held held = shares_held(ScalingModel::universal, law, 7);
    EXPECT_GE(held.sigma, 0.93) << law.sigma;
    EXPECT_GE(held.peak, 0.93) << law.sigma;
  }
}

TEST(FitBlocks, SaysThatWhatFallsFromTheStartHasItsPeakThere) {
  SimulatedNoise noise(1);
  const auto found = fit_blocks(ScalingModel::universal, blocks_of(noise, {1000, 1.2, 0.2}, 8));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->peak_workers.median, 1);
  EXPECT_EQ(found->peak_workers.low, 1);
  EXPECT_EQ(found->peak_workers.high, 1);
}

// sigma is 1, and kappa / (1 - sigma) 0 / 0: it may fall from the start or never.
TEST(FitBlocks, LeavesThePeakOpenWhereTheRateIsTheSameForAllNumbersOfWorkers) {
  const Blocks flat(7, std::vector<Throughput>{{1, 1000}, {2, 1000}, {4, 1000}, {8, 1000}});
  for (const ScalingModel model : {ScalingModel::amdahl, ScalingModel::universal}) {
    const auto found = fit_blocks(model, flat);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->sigma.low, 1, 1e-12);
    EXPECT_NEAR(found->sigma.high, 1, 1e-12);
    EXPECT_EQ(found->peak_workers.low, 1);
    EXPECT_TRUE(std::isinf(found->peak_workers.high));
  }
}

TEST(FitBlocks, HasNoWidthForBlocksThatAreAllTheSame) {
  std::vector<Throughput> block;
  for (const double workers : {1, 2, 4, 16})
    block.push_back({workers, rate_at({1000, 0.1, 0.01}, workers)});
  const auto found = fit_blocks(ScalingModel::universal, Blocks(6, block));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->peak_workers.low, 9.48683298050513, 1e-9);  // sqrt(90)
  EXPECT_NEAR(found->peak_workers.high, 9.48683298050513, 1e-9);
}

TEST(FitBlocks, HoldsTheTruthOfAmdahlsLaw) {
  const Held held = shares_held(ScalingModel::amdahl, {1000, 0.1, 0}, 10);
  for (const double share : {held.lambda, held.sigma}) {
    EXPECT_GE(share, 0.93);
    EXPECT_LE(share, 0.97);
  }
}

TEST(FitBlocks, GivesTheLawOfAllTrialsWithin) {
  SimulatedNoise noise(1);
  const Blocks blocks = blocks_of(noise, {1000, 0.1, 0.02}, 8);
  std::vector<Throughput> points;
  for (const auto& block : blocks) points.insert(points.end(), block.begin(), block.end());
  const auto law = fit(ScalingModel::universal, points);
  const auto found = fit_blocks(ScalingModel::universal, blocks);
  ASSERT_TRUE(law && found);
  EXPECT_EQ(found->law.sigma, law->sigma);
  EXPECT_EQ(found->sigma.median, law->sigma);
  EXPECT_TRUE(holds(found->sigma, law->sigma));
  EXPECT_NEAR(found->peak_workers.median, peak_workers(*law).value(), 1e-9);
  EXPECT_GT(found->kappa.low, 0);
}

TEST(FitBlocks, NeverEndsBelowNothing) {
  SimulatedNoise noise(1);
  const auto found = fit_blocks(ScalingModel::universal, blocks_of(noise, {1000, 0, 0}, 8));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sigma.low, 0);
  EXPECT_EQ(found->kappa.low, 0);
  EXPECT_TRUE(std::isinf(found->peak_workers.high));
}

TEST(FitBlocks, OfAmdahlHasNoPeak) {
  SimulatedNoise noise(1);
  const auto found = fit_blocks(ScalingModel::amdahl, blocks_of(noise, {1000, 0.1, 0}, 8));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kappa.high, 0);
  EXPECT_TRUE(std::isinf(found->peak_workers.low));
}

TEST(FitBlocks, IsNotGivenForFewBlocksOrForABlockWithoutAFit) {
  SimulatedNoise noise(1);
  Blocks blocks = blocks_of(noise, {1000, 0.1, 0.02}, 6);
  EXPECT_TRUE(fit_blocks(ScalingModel::universal, blocks));
  EXPECT_FALSE(fit_blocks(ScalingModel::universal, std::span(blocks).first(5)));
  blocks.back().resize(2);
  EXPECT_FALSE(fit_blocks(ScalingModel::universal, blocks));
}

}  // namespace
}  // namespace assay::statistics
