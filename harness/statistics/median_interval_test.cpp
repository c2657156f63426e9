#include "harness/statistics/median_interval.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

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

// How often the values of these ranks enclose the median: the sum of comb(size, k) for k from low
// to high - 1, over 2^size, in Python's exact integers. The next narrower pair is below 0.95 each
// time.
struct Coverage {
  std::size_t size;
  double low;
  double high;
  double share;
};
constexpr std::array coverages{Coverage{6, 1, 6, 0.96875},
                               Coverage{7, 1, 7, 0.984375},
                               Coverage{8, 1, 8, 0.9921875},
                               Coverage{9, 2, 8, 0.9609375},
                               Coverage{10, 2, 9, 0.978515625},
                               Coverage{15, 4, 12, 0.96484375},
                               Coverage{20, 6, 15, 0.95861053466796880},
                               Coverage{30, 10, 21, 0.95722605474293232},
                               Coverage{100, 40, 61, 0.96479979978229524}};

std::vector<double> first_numbers(std::size_t size) {
  std::vector<double> numbers(size);
  std::iota(numbers.begin(), numbers.end(), 1.0);
  return numbers;
}

TEST(MedianInterval, RunsBetweenTheValuesThatEncloseTheMedianOftenEnough) {
  for (const Coverage& expected : coverages) {
    const auto interval = median_interval(first_numbers(expected.size));
    ASSERT_TRUE(interval.has_value()) << expected.size;
    EXPECT_EQ(interval->low, expected.low) << expected.size;
    EXPECT_EQ(interval->high, expected.high) << expected.size;
  }
}

TEST(MedianInterval, HasRanksForThousandsOfValues) {  // from the same sums
  const auto interval = median_interval(first_numbers(5000));
  ASSERT_TRUE(interval.has_value());
  EXPECT_EQ(interval->low, 2431);
  EXPECT_EQ(interval->high, 2570);
}

// A draw from the normal distribution (Box and Muller 1958); its median is 0.
double normal_draw(RandomStream& random) {
  constexpr double steps = 1U << 30U;
  const double radius = (random.below(1U << 30U) + 0.5) / steps;
  const double angle = random.below(1U << 30U) / steps;
  return std::sqrt(-2 * std::log(radius)) * std::cos(2 * std::numbers::pi * angle);
}

// The share of 4,000 samples whose interval holds the median.
double share_held(std::size_t size, double median, double (*value_of)(double draw)) {
  RandomStream random(2026);
  int held = 0;
  for (int round = 0; round < 4000; ++round) {
    std::vector<double> sample(size);
    for (double& value : sample) value = value_of(normal_draw(random));
    const auto interval = median_interval(sample);
    if (interval && interval->low <= median && median <= interval->high) ++held;
  }
  return held / 4000.0;
}

TEST(MedianInterval, HoldsTheTrueMedianAsOftenAsItSays) {
  constexpr double four_deviations = 0.014;
  for (const Coverage& expected : coverages) {
    const double normal = share_held(expected.size, 0, [](double draw) { return draw; });
    EXPECT_NEAR(normal, expected.share, four_deviations) << expected.size;
    const double log_normal =
        share_held(expected.size, 1, [](double draw) { return std::exp(draw); });
    EXPECT_NEAR(log_normal, expected.share, four_deviations) << expected.size;
  }
}

TEST(MedianInterval, TakesTheValuesInAnyOrder) {
  expect_interval(median_interval(std::array{101.0, 98.0, 105.0, 97.0, 110.0, 103.0}),
                  {102.0, 97.0, 110.0});
  expect_interval(
      median_interval(std::array{55.0, 1.0, 1.3, 30.0, 1.4, 1.8, 1.1, 4.0, 2.5, 12.0, 7.5}),
      {2.5, 1.1, 30.0});
}

TEST(MedianInterval, IsNotGivenBelowSixValues) {
  EXPECT_FALSE(median_interval(std::array{1.0, 2.0, 3.0, 4.0, 5.0}));
  EXPECT_FALSE(median_interval(std::array{1.0}));
  EXPECT_FALSE(median_interval({}));
}

TEST(MedianInterval, HasNoWidthWhenAllValuesAreEqual) {
  expect_interval(median_interval(std::vector(8, 3.25)), {3.25, 3.25, 3.25}, 0);
}

TEST(MedianInterval, IsNotGivenForValuesThatAreNotFinite) {
  for (const double wrong : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_FALSE(median_interval(std::array{1.0, 2.0, 3.0, wrong, 5.0, 6.0})) << wrong;
  }
}

// The geometric mean of the two in the middle, and both ends.
TEST(PairedRatio, IsTheMedianOfTheRatiosAndTheirRange) {
  expect_interval(paired_ratio(std::array{1.0, 2.0, 4.0, 9.0, 16.0, 32.0},
                               std::array{1.0, 1.0, 1.0, 1.0, 1.0, 1.0}),
                  {6.0, 1.0, 32.0});
  expect_interval(paired_ratio(std::array{9.0, 8.0, 9.0, 10.0, 12.0, 3.0, 2.0},
                               std::array{3.0, 4.0, 1.0, 2.0, 2.0, 3.0, 4.0}),
                  {3.0, 0.5, 9.0});
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
