#include "harness/statistics/bca.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "harness/statistics/median.h"
#include "harness/statistics/simulated_noise.h"

namespace assay::statistics {
namespace {

constexpr std::array ten{2.31, 1.94, 3.5, 2.2, 2.75, 9.1, 2.05, 3.3, 2.6, 4.4};

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(std::span<const double> values) {
  double squares = 0;
  for (const double value : values) squares += std::pow(value - mean(values), 2);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

void expect_interval(const std::optional<Interval>& interval, const Interval& expected) {
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(interval->median, expected.median, 1e-12);
  EXPECT_NEAR(interval->low, expected.low, 1e-10);
  EXPECT_NEAR(interval->high, expected.high, 1e-10);
}

// scipy.stats.bootstrap((ten,), numpy.mean, n_resamples=2000, method="BCa", random_state=R(7)),
// where R is a numpy.random.RandomState whose randint draws one index after another as RandomStream
// does. So both draw the same resamples, and every digit is comparable. Likewise numpy.median, and
// numpy.std(ddof=1) with 1000 resamples and R(2026).
TEST(BcaInterval, IsThatOfScipyForTheSameDraws) {
  expect_interval(bca_interval(ten, mean, 7, 2000), {3.415, 2.595, 5.612696095789383});
  expect_interval(
      bca_interval(ten, [](auto values) { return median(values); }, 7, 2000), {2.675, 2.125, 3.5});
  expect_interval(
      bca_interval(std::array{0.1, 0.4, -0.2, 0.3, 0.25, 0.05, 0.6}, deviation, 2026, 1000),
      {0.25934900185253223, 0.16938263249364202, 0.4070801956792859});
}

TEST(BcaInterval, DependsOnTheSeedAndOnNothingElse) {
  const auto first = bca_interval(ten, mean, 1);
  const auto again = bca_interval(ten, mean, 1);
  const auto other = bca_interval(ten, mean, 2);
  ASSERT_TRUE(first && again && other);
  EXPECT_EQ(first->low, again->low);
  EXPECT_EQ(first->high, again->high);
  EXPECT_NE(first->high, other->high);
  EXPECT_NEAR(first->high, other->high, 0.2);  // 10,000 resamples leave little to the seed
}

TEST(BcaInterval, DrawsUnitsWhole) {
  const auto of_units = bca_interval(
      ten.size(),
      [](std::span<const std::size_t> drawn) {
        double sum = 0;
        for (const std::size_t unit : drawn) sum += ten.at(unit);
        return sum / static_cast<double>(drawn.size());
      },
      7, 2000);
  expect_interval(of_units, {3.415, 2.595, 5.612696095789383});
}

TEST(BcaInterval, HasNoWidthWhenEveryDrawSaysTheSame) {
  expect_interval(bca_interval(std::vector(8, 2.5), mean, 1, 100), {2.5, 2.5, 2.5});
}

TEST(BcaInterval, IsNotGivenBelowSixUnits) {
  EXPECT_FALSE(bca_interval(std::span(ten).first(5), mean, 1, 100));
}

// Their share below 3 is a number all the same, and says nothing.
TEST(BcaInterval, IsNotGivenForValuesThatAreNotFinite) {
  const auto share_below_three = [](std::span<const double> values) {
    const auto below = std::count_if(values.begin(), values.end(), [](double v) { return v < 3; });
    return static_cast<double>(below) / static_cast<double>(values.size());
  };
  EXPECT_TRUE(bca_interval(ten, share_below_three, 1, 100));
  for (const double wrong : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    const std::array spoiled{2.31, 1.94, 3.5, wrong, 2.75, 9.1, 2.05};
    EXPECT_FALSE(bca_interval(spoiled, share_below_three, 1, 100));
  }
}

// A statistic of the sample itself that no draw comes near: any share of them is on the same side.
TEST(BcaInterval, IsNotGivenWhenAllDrawsLieOnOneSide) {
  const auto far_off = [](std::span<const double> values) {
    const bool is_sample = std::equal(values.begin(), values.end(), ten.begin(), ten.end());
    return is_sample ? 100.0 : mean(values);
  };
  EXPECT_FALSE(bca_interval(ten, far_off, 1, 100));
}

// Neither all units nor all but one are without both; some draws are.
TEST(BcaInterval, IsNotGivenWhenADrawHasNoValue) {
  const auto none_without_either = [](std::span<const double> values) {
    for (const double value : values) {
      if (value == 9.1 || value == 1.94) return mean(values);
    }
    return std::numeric_limits<double>::quiet_NaN();
  };
  EXPECT_FALSE(bca_interval(ten, none_without_either, 1, 100));
}

// The share of samples whose interval holds the truth, with log-normal noise of 5 %. As many draws
// as a test can wait for: of 10,000 the shares are the same within 0.5 %.
double share_held(const ValueStatistic& statistic, std::size_t size, int rounds) {
  SimulatedNoise noise(2032);
  int held = 0;
  for (int round = 0; round < rounds; ++round) {
    std::vector<double> sample(size);
    for (double& value : sample) value = noise.draw(NoiseLaw::log_normal, 0.05);
    const auto found = bca_interval(sample, statistic, static_cast<std::uint64_t>(round), 1000);
    held += found && found->low <= 0 && 0 <= found->high ? 1 : 0;
  }
  return held / static_cast<double>(rounds);
}

double median_of_few(std::span<const double> values) {  // without a copy on the heap
  std::array<double, 10> copy{};
  std::copy(values.begin(), values.end(), copy.begin());
  return median_in_place(std::span(copy).first(values.size()));
}

// Why medians have `median_interval`, of which the same simulation asks for 93 to 97 %. The shares'
// own error is 0.4 to 0.7 %.
TEST(BcaInterval, OfAMedianHoldsLessThanItPromisesOfFewTrials) {
  EXPECT_NEAR(share_held(median_of_few, 6, 2000), 0.93, 0.02);
  EXPECT_NEAR(share_held(median_of_few, 7, 2000), 0.87, 0.025);
  EXPECT_NEAR(share_held(median_of_few, 8, 2000), 0.92, 0.02);
  EXPECT_NEAR(share_held(median_of_few, 10, 4000), 0.937, 0.013);
}

TEST(BcaInterval, OfAMeanHoldsLessThanItPromisesOfFewTrials) {
  EXPECT_NEAR(share_held(mean, 8, 2000), 0.88, 0.025);
  EXPECT_NEAR(share_held(mean, 10, 2000), 0.90, 0.025);
}

}  // namespace
}  // namespace assay::statistics
