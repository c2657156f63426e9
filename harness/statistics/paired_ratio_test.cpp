#include "harness/statistics/paired_ratio.h"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

void expect_interval(const std::optional<Interval>& interval, const Interval& expected,
                     double tolerance = 1e-9) {
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(interval->median, expected.median, tolerance);
  EXPECT_NEAR(interval->low, expected.low, tolerance);
  EXPECT_NEAR(interval->high, expected.high, tolerance);
}

// Powers of two. Of the 21 means of two exponents, 1, 1.5, 2, 2, 2.5, 2.5, 3, 3, 3, 3.5, 3.5, 3.5,
// 4, ... , 6, the middle one is 3.5. Rank sums of six are 0 with a chance of 1/64, 1 with the same:
// the interval ends (0.025 - 1/64) / (1/64) = 0.6 of the way from the outermost mean to the next.
TEST(PairedRatio, IsTheCentreOfTheRatiosInLogarithms) {
  expect_interval(paired_ratio(std::array{2.0, 64.0, 8.0, 4.0, 32.0, 16.0},
                               std::array{1.0, 1.0, 1.0, 1.0, 1.0, 1.0}),
                  {std::exp2(3.5), std::exp2(1.3), std::exp2(5.7)});
}

TEST(PairedRatio, TurnsOverWhenTheSidesAreExchanged) {
  const std::array ours{12.0, 11.0, 13.5, 12.2, 11.8, 12.9, 12.4};
  const std::array theirs{10.0, 10.1, 9.9, 10.3, 9.8, 10.2, 10.0};
  const auto there = paired_ratio(ours, theirs);
  const auto back = paired_ratio(theirs, ours);
  ASSERT_TRUE(there && back);
  EXPECT_NEAR(there->median * back->median, 1, 1e-12);
  EXPECT_NEAR(there->low * back->high, 1, 1e-12);
  EXPECT_NEAR(there->high * back->low, 1, 1e-12);
}

TEST(PairedRatio, IsNotDisturbedByWhatSlowsAWholeBlock) {
  const std::array theirs{100.0, 50.0, 100.0, 100.0, 20.0, 100.0};
  const std::array ours{200.0, 100.0, 200.0, 200.0, 40.0, 200.0};
  expect_interval(paired_ratio(ours, theirs), {2, 2, 2}, 1e-12);
}

TEST(PairedRatio, IsWiderAtAHigherConfidence) {
  const std::array ours{12.0, 11.0, 13.5, 12.2, 11.8, 12.9, 12.4, 12.1};
  const std::vector theirs(8, 10.0);
  const auto usual = paired_ratio(ours, theirs);
  const auto sure = paired_ratio(ours, theirs, 0.99);
  ASSERT_TRUE(usual && sure);
  EXPECT_LT(sure->low, usual->low);
  EXPECT_GT(sure->high, usual->high);
}

TEST(PairedRatio, IsNotGivenBelowSixBlocks) {
  EXPECT_FALSE(paired_ratio(std::vector(5, 2.0), std::vector(5, 1.0)));
}

TEST(PairedRatio, IsNotGivenForValuesThatAreNotPositive) {
  const std::array good{1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
  for (const double wrong : {0.0, -1.0, std::nan("")}) {
    const std::array bad{1.0, 2.0, wrong, 4.0, 5.0, 6.0};
    EXPECT_FALSE(paired_ratio(good, bad)) << wrong;
    EXPECT_FALSE(paired_ratio(bad, good)) << wrong;
  }
}

TEST(PairedRatio, IsNotGivenWhenABlockMissesAPartner) {
  EXPECT_FALSE(paired_ratio(std::vector(7, 1.0), std::vector(6, 1.0)));
}

}  // namespace
}  // namespace assay::statistics
