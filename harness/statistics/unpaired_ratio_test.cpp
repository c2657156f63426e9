#include "harness/statistics/unpaired_ratio.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "harness/statistics/simulated_noise.h"

namespace assay::statistics {
namespace {

// Of 4 x 4 ratios from powers of two the middle ones are worked out by hand: logarithms to base 2
// of 5 6 7 8 less 1 2 3 4 are 1 to 7, 4 the median. The whole range holds 97.1 %, so 95 % lies
// inside it.
TEST(UnpairedRatio, IsTheMiddleOfAllRatios) {
  const auto ratio =
      unpaired_ratio(std::array{32.0, 64.0, 128.0, 256.0}, std::array{2.0, 4.0, 8.0, 16.0});
  ASSERT_TRUE(ratio);
  EXPECT_NEAR(ratio->median, 16, 1e-9);
  EXPECT_GE(ratio->low, 2);
  EXPECT_LT(ratio->low, 16);
  EXPECT_LE(ratio->high, 128);
  EXPECT_GT(ratio->high, 16);
}

TEST(UnpairedRatio, TurnsOverWhenTheSidesAreExchanged) {
  const std::array ours{10.0, 11.0, 12.5, 13.0, 9.0};
  const std::array theirs{5.0, 5.2, 4.1, 6.0, 5.5, 4.9, 5.1};
  const auto ratio = unpaired_ratio(ours, theirs);
  const auto turned = unpaired_ratio(theirs, ours);
  ASSERT_TRUE(ratio && turned);
  EXPECT_NEAR(ratio->median * turned->median, 1, 1e-12);
  EXPECT_NEAR(ratio->low * turned->high, 1, 1e-12);
  EXPECT_NEAR(ratio->high * turned->low, 1, 1e-12);
}

TEST(UnpairedRatio, GivesNoIntervalBelowFourOnASideOrForWhatHasNoLogarithm) {
  const std::vector<double> four{1, 2, 3, 4};
  EXPECT_TRUE(unpaired_ratio(four, four));
  EXPECT_FALSE(unpaired_ratio(std::vector<double>{1, 2, 3}, four));
  EXPECT_FALSE(unpaired_ratio(std::vector<double>{1, 2, 3}, std::vector<double>(9, 5.0)));
  EXPECT_FALSE(unpaired_ratio(four, std::vector<double>{}));
  EXPECT_FALSE(unpaired_ratio(four, std::vector<double>{1, 2, 3, 0}));
  EXPECT_FALSE(unpaired_ratio(std::vector<double>{1, 2, 3, -4}, four));
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(unpaired_ratio(std::vector<double>{1, 2, 3, infinite}, four));
}

// Ours is 1.2 times as fast; the two runs may have more trials or fewer, and more noise or less.
double share_held(NoiseLaw law, std::size_t ours, std::size_t theirs, double their_cv) {
  SimulatedNoise noise(2030);
  int held = 0;
  for (int round = 0; round < 4000; ++round) {
    std::vector<double> our;
    std::vector<double> their;
    for (std::size_t i = 0; i < ours; ++i) {
      our.push_back(1200 * std::exp(noise.draw(law, 0.05)));
    }
    for (std::size_t i = 0; i < theirs; ++i) {
      their.push_back(1000 * std::exp(noise.draw(law, their_cv)));
    }
    const auto ratio = unpaired_ratio(our, their);
    if (ratio && ratio->low <= 1.2 && 1.2 <= ratio->high) ++held;
  }
  return held / 4000.0;
}

TEST(UnpairedRatio, HoldsTheTruthInNinetyFiveOfAHundredCases) {
  for (const NoiseLaw law :
       {NoiseLaw::log_normal, NoiseLaw::spoiled, NoiseLaw::long_tailed, NoiseLaw::skewed}) {
    for (const auto& [ours, theirs] :
         {std::pair{4U, 4U}, {5U, 5U}, {7U, 7U}, {10U, 10U}, {7U, 15U}}) {
      const double held = share_held(law, ours, theirs, 0.05);
      EXPECT_GE(held, 0.93) << static_cast<int>(law) << ", " << ours << " and " << theirs;
      EXPECT_LE(held, 0.97) << static_cast<int>(law) << ", " << ours << " and " << theirs;
    }
  }
}

// A busier host for the second run.
TEST(UnpairedRatio, HoldsItNearlyAsOftenWithTwiceTheNoiseOnOneSide) {
  EXPECT_GE(share_held(NoiseLaw::log_normal, 7, 7, 0.1), 0.92);
  EXPECT_GE(share_held(NoiseLaw::log_normal, 15, 15, 0.1), 0.92);
  EXPECT_LE(share_held(NoiseLaw::log_normal, 7, 15, 0.1), 0.98);
}

}  // namespace
}  // namespace assay::statistics
