#include "harness/statistics/slope.h"

#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

// scipy.stats.linregress([0, 1, 2, 3, 4], [1, 3, 2, 5, 4]).slope.
TEST(Slope, IsThatOfTheNearestLine) {
  EXPECT_DOUBLE_EQ(slope(std::vector<double>{0, 1, 2, 3, 4}, std::vector<double>{1, 3, 2, 5, 4}),
                   0.8);
}

// A millionth a step on top of 10^12, where a double's own digits end at 10^-4.
TEST(Slope, OfSmallDifferencesOfLargeNumbersKeepsItsDigits) {
  EXPECT_NEAR(
      slope(std::vector<double>{1e9, 1e9 + 1, 1e9 + 2}, std::vector<double>{1e6, 1e6 + 1, 1e6 + 2}),
      1, 1e-9);
}

}  // namespace
}  // namespace assay::statistics
