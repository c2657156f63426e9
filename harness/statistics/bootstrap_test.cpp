#include "harness/statistics/bootstrap.h"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "harness/statistics/normal.h"
#include "harness/statistics/random_stream.h"

namespace assay::statistics {
namespace {

void expect_interval(const std::optional<Interval>& interval, const Interval& expected,
                     double tolerance = 1e-9) {
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(interval->median, expected.median, tolerance);
  EXPECT_NEAR(interval->low, expected.low, tolerance);
  EXPECT_NEAR(interval->high, expected.high, tolerance);
}

// The answers are scipy.stats.bootstrap(method="BCa", n_resamples=10000), alike for its seeds 0-3
// or, where they differ, with a tolerance as wide as they differ.
TEST(MedianInterval, AgreesWithScipyOnSixValues) {
  expect_interval(median_interval(std::array{101.0, 98.0, 105.0, 97.0, 110.0, 103.0}, 7),
                  {102.0, 97.5, 107.5});
}

TEST(MedianInterval, AgreesWithScipyOnTenValues) {
  expect_interval(median_interval(std::array{4012.1, 3980.5, 4100.2, 3899.7, 4055.0, 4020.3, 3950.8,
                                             4075.6, 3990.1, 4033.3},
                                  7),
                  {4016.2, 3980.5, 4055.0}, 10.1);
}

TEST(MedianInterval, AgreesWithScipyOnASkewedSample) {
  expect_interval(
      median_interval(std::array{1.0, 1.1, 1.3, 1.4, 1.8, 2.5, 4.0, 7.5, 12.0, 30.0, 55.0}, 7),
      {2.5, 1.3, 12.0});
}

TEST(MedianInterval, IsTheSameForTheSameSeed) {
  const std::array sample{1.0, 1.5, 1.7, 2.2, 2.9, 3.1, 3.3};
  const auto first = median_interval(sample, 42);
  const auto second = median_interval(sample, 42);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->low, second->low);
  EXPECT_EQ(first->high, second->high);
}

TEST(MedianInterval, IsNotGivenBelowSixValues) {
  EXPECT_FALSE(median_interval(std::array{1.0, 2.0, 3.0, 4.0, 5.0}, 1));
  EXPECT_FALSE(median_interval(std::span<const double>{}, 1));
}

TEST(MedianInterval, HasNoWidthWhenAllValuesAreEqual) {
  expect_interval(median_interval(std::vector(8, 3.25), 1), {3.25, 3.25, 3.25}, 0);
}

TEST(MedianInterval, StaysWithinTheSampleWhenAllButOneAreEqual) {
  const auto interval = median_interval(std::array{5.0, 5.0, 5.0, 5.0, 5.0, 9.0}, 1);
  ASSERT_TRUE(interval.has_value());
  EXPECT_GE(interval->low, 5);
  EXPECT_LE(interval->high, 9);
}

TEST(MedianInterval, IsNotGivenForValuesThatAreNotFinite) {
  for (const double wrong : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_FALSE(median_interval(std::array{1.0, 2.0, 3.0, wrong, 5.0, 6.0}, 1)) << wrong;
  }
}

// 300 samples of nine values from a normal distribution. The true rate is near 0.93 (it is below
// 0.95 for every bootstrap of so few values); 4 standard deviations of the simulation are 0.06.
TEST(MedianInterval, HoldsTheTrueMedianAboutAsOftenAsItSays) {
  RandomStream random(2026);
  int held = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<double> sample(9);
    for (double& value : sample) {
      value = normal_quantile((static_cast<double>(random.below(1U << 30U)) + 0.5) / (1U << 30U));
    }
    const auto interval = median_interval(sample, random.next());
    if (interval && interval->low <= 0 && 0 <= interval->high) ++held;
  }
  EXPECT_GE(held, 264);  // 0.88
  EXPECT_LE(held, 297);  // 0.99
}

// exp of scipy's interval of the logarithms, with the tolerance that its seeds need.
TEST(PairedRatio, AgreesWithScipyOnTheLogarithms) {
  expect_interval(paired_ratio(std::array{9.1, 8.8, 9.4, 9.0, 8.7, 9.3, 9.2, 8.9},
                               std::array{4.5, 4.4, 4.9, 4.2, 4.6, 4.4, 4.7, 4.3}, 7),
                  {2.0110804171997807, 1.9183673469387754, 2.11}, 0.01);
}

TEST(PairedRatio, TurnsOverWhenTheSidesAreExchanged) {
  const std::array ours{12.0, 11.0, 13.5, 12.2, 11.8, 12.9, 12.4};
  const std::array theirs{10.0, 10.1, 9.9, 10.3, 9.8, 10.2, 10.0};
  const auto there = paired_ratio(ours, theirs, 3);
  const auto back = paired_ratio(theirs, ours, 3);
  ASSERT_TRUE(there && back);
  EXPECT_NEAR(there->median * back->median, 1, 1e-12);
  EXPECT_NEAR(there->low * back->high, 1, 0.02);
}

TEST(PairedRatio, IsNotDisturbedByWhatSlowsAWholeBlock) {
  const std::array theirs{100.0, 50.0, 100.0, 100.0, 20.0, 100.0};
  const std::array ours{200.0, 100.0, 200.0, 200.0, 40.0, 200.0};
  expect_interval(paired_ratio(ours, theirs, 1), {2, 2, 2}, 1e-12);
}

TEST(PairedRatio, IsNotGivenForValuesThatAreNotPositive) {
  const std::array good{1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
  for (const double wrong : {0.0, -1.0, std::nan("")}) {
    const std::array bad{1.0, 2.0, wrong, 4.0, 5.0, 6.0};
    EXPECT_FALSE(paired_ratio(good, bad, 1)) << wrong;
    EXPECT_FALSE(paired_ratio(bad, good, 1)) << wrong;
  }
}

TEST(PairedRatio, IsNotGivenWhenABlockMissesAPartner) {
  EXPECT_FALSE(paired_ratio(std::vector(7, 1.0), std::vector(6, 1.0), 1));
}

}  // namespace
}  // namespace assay::statistics
