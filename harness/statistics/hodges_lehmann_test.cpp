#include "harness/statistics/hodges_lehmann.h"

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

void expect_interval(const std::optional<Interval>& interval, const Interval& expected) {
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(interval->median, expected.median, 1e-12);
  EXPECT_NEAR(interval->low, expected.low, 1e-12);
  EXPECT_NEAR(interval->high, expected.high, 1e-12);
}

// The 55 means of pairs by numpy; the 9th from below is 0.4 and the 10th 0.45, from above 2.4 and
// 2.25. scipy.stats.wilcoxon(d - s, method="exact") has p above 0.05 for s just inside 0.4 and 2.4,
// below it just outside. Sums of up to 8 come in 25 of 1024 cases, of 9 in 8 more, and 2.5 % are
// 25.6: the ends lie 0.075 of the way to the next mean.
TEST(HodgesLehmannCentre, EndsWhereTheSignedRankTestBeginsToDoubt) {
  const std::array d{0.8, -0.3, 1.9, 2.4, 0.5, 1.1, 3.2, -0.7, 1.6, 2.9};
  expect_interval(hodges_lehmann_centre(d), {1.35, 0.40375, 2.38875});
}

// The 30 differences by numpy; the 4th and 5th from below are 0.1 and 0.2, from above 2.1 and 1.9.
// scipy.stats.mannwhitneyu(a - s, b, method="exact") has p of 0.052 for s just inside 0.1 and 2.1,
// 0.030 just outside. U up to 3 comes in 7 of 462 cases, of 4 in 5 more, and 2.5 % are 11.55: the
// ends lie 0.91 of the way.
TEST(HodgesLehmannShift, EndsWhereTheRankSumTestBeginsToDoubt) {
  const std::array a{12.1, 11.4, 13.0, 12.6, 11.9, 12.8};
  const std::array b{10.9, 11.2, 12.0, 10.4, 11.5};
  expect_interval(hodges_lehmann_shift(a, b), {1.05, 0.191, 1.918});
  expect_interval(hodges_lehmann_shift(b, a), {-1.05, -1.918, -0.191});
}

TEST(HodgesLehmannCentre, IsNotMovedFarByOneValueFarOut) {
  const std::array near{1.0, 1.1, 0.9, 1.2, 0.8, 1.05, 0.95, 1.15};
  const std::array far{1.0, 1.1, 0.9, 1.2, 0.8, 1.05, 0.95, 1e6};
  const auto usual = hodges_lehmann_centre(near);
  const auto spoiled = hodges_lehmann_centre(far);
  ASSERT_TRUE(usual && spoiled);
  EXPECT_NEAR(usual->median, spoiled->median, 0.05);
}

TEST(HodgesLehmann, IsNotGivenForTooFewValues) {
  EXPECT_FALSE(hodges_lehmann_centre(std::vector(5, 1.0)));
  EXPECT_TRUE(hodges_lehmann_centre(std::vector(6, 1.0)));
  EXPECT_FALSE(hodges_lehmann_centre(std::vector(6, 1.0), 0.97));
  EXPECT_DOUBLE_EQ(highest_confidence(6), 0.96875);
  EXPECT_TRUE(hodges_lehmann_centre(std::vector(6, 1.0), highest_confidence(6)));
  EXPECT_FALSE(hodges_lehmann_shift(std::vector(3, 1.0), std::vector(3, 1.0)));
  EXPECT_TRUE(hodges_lehmann_shift(std::vector(4, 1.0), std::vector(4, 1.0)));
  EXPECT_FALSE(hodges_lehmann_shift({}, std::vector(4, 1.0)));
}

TEST(HodgesLehmann, IsNotGivenForValuesThatAreNotFinite) {
  const std::array good{1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
  const std::array bad{1.0, 2.0, std::nan(""), 4.0, 5.0, 6.0};
  EXPECT_FALSE(hodges_lehmann_centre(bad));
  EXPECT_FALSE(hodges_lehmann_shift(good, bad));
  EXPECT_FALSE(hodges_lehmann_shift(bad, good));
}

// Either side of the size where counting ends.
TEST(HodgesLehmann, GoesOnFromCountingToTheNormalDistributionWithoutAStep) {
  std::vector<double> values(202);
  std::iota(values.begin(), values.end(), 0.0);
  const auto counted = hodges_lehmann_centre(std::span(values).first(200));
  const auto normal = hodges_lehmann_centre(std::span(values).first(202));
  ASSERT_TRUE(counted && normal);
  EXPECT_NEAR(counted->high - counted->low, normal->high - normal->low, 0.25);
  const auto counted_shift =
      hodges_lehmann_shift(std::span(values).first(50), std::span(values).first(50));
  const auto normal_shift =
      hodges_lehmann_shift(std::span(values).first(51), std::span(values).first(51));
  ASSERT_TRUE(counted_shift && normal_shift);
  EXPECT_NEAR(counted_shift->high, normal_shift->high, 0.5);
}

}  // namespace
}  // namespace assay::statistics
