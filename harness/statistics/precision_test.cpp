#include "harness/statistics/precision.h"

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "harness/statistics/median_interval.h"
#include "harness/statistics/simulated_noise.h"

namespace assay::statistics {
namespace {

std::vector<double> numbers_from(double first, std::size_t size) {
  std::vector<double> numbers(size);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

TEST(RelativeHalfWidth, IsAShareOfTheMedian) {
  EXPECT_DOUBLE_EQ(relative_half_width({100, 98, 104}), 0.03);
}

// scipy.stats.mstats.median_cihs of 101 to 108 gives 101.9356 to 107.0644: half of it is 2.454 % of
// 104.5.
TEST(Progress, IsPreciseWhenTheIntervalOfTheMedianIsNarrowEnough) {
  EXPECT_EQ(progress(numbers_from(101, 8), {0.025, 8, 30}), Progress::precise);
  EXPECT_EQ(progress(numbers_from(101, 8), {0.024, 8, 30}), Progress::measuring);
}

TEST(Progress, NeverStopsBelowTheFewestTrials) {
  EXPECT_EQ(progress(std::vector(7, 5.0), {0.02, 8, 30}), Progress::measuring);
  EXPECT_EQ(progress(std::vector(8, 5.0), {0.02, 8, 30}), Progress::precise);
}

TEST(Progress, EndsAtTheMostTrialsHoweverWideTheInterval) {
  EXPECT_EQ(progress(numbers_from(1, 29), {0.02, 8, 30}), Progress::measuring);
  EXPECT_EQ(progress(numbers_from(1, 30), {0.02, 8, 30}), Progress::out_of_trials);
}

TEST(Progress, IsNotPreciseWithoutAnInterval) {
  EXPECT_EQ(progress(std::vector(5, 5.0), {0.02, 2, 5}), Progress::out_of_trials);
  EXPECT_EQ(progress(std::vector(8, std::nan("")), {0.02, 8, 30}), Progress::measuring);
}

TEST(Progress, IsPreciseWhenEveryTrialSaysNothing) {
  EXPECT_EQ(progress(std::vector(8, 0.0), {0.02, 8, 30}), Progress::precise);
}

// Whoever stops at a narrow interval stops a little more often at one that is narrow by luck.
TEST(Progress, CostsTheIntervalAFewOfAHundredCases) {
  SimulatedNoise noise(2026);
  int held = 0;
  for (int round = 0; round < 3000; ++round) {
    std::vector<double> sample;
    do {
      sample.push_back(std::exp(noise.draw(NoiseLaw::log_normal, 0.03)));
    } while (progress(sample, {}) == Progress::measuring);
    const auto interval = median_interval(sample);
    if (interval && interval->low <= 1 && 1 <= interval->high) ++held;
  }
  EXPECT_GE(held / 3000.0, 0.91);
}

}  // namespace
}  // namespace assay::statistics
