#include "harness/statistics/median_interval.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/statistics/simulated_noise.h"

namespace assay::statistics {
namespace {

void expect_interval(const std::optional<Interval>& interval, const Interval& expected,
                     double tolerance = 1e-9) {
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(interval->median, expected.median, tolerance);
  EXPECT_NEAR(interval->low, expected.low, tolerance);
  EXPECT_NEAR(interval->high, expected.high, tolerance);
}

// scipy.stats.mstats.median_cihs(numpy.arange(1, size + 1), 0.05).
struct Ends {
  std::size_t size;
  double low;
  double high;
};
constexpr std::array ends_of_first_numbers{Ends{6, 1.3571428571428572, 5.642857142857142},
                                           Ends{7, 1.7333333333333334, 6.266666666666667},
                                           Ends{8, 1.9356435643564356, 7.064356435643564},
                                           Ends{9, 2.227906976744186, 7.772093023255813},
                                           Ends{10, 2.6576576576576576, 8.342342342342342},
                                           Ends{15, 4.373506087345024, 11.626493912654976},
                                           Ends{20, 6.235234215885947, 14.764765784114052},
                                           Ends{30, 10.228711498709886, 20.771288501290112},
                                           Ends{100, 40.76320061634009, 60.2367993836599},
                                           Ends{5000, 2431.2126582764167, 2569.7873417235833}};

TEST(MedianInterval, EndsWhereHettmanspergerAndSheatherEndIt) {
  for (const Ends& expected : ends_of_first_numbers) {
    std::vector<double> numbers(expected.size);
    std::iota(numbers.begin(), numbers.end(), 1.0);
    const double middle = (1 + static_cast<double>(expected.size)) / 2;
    expect_interval(median_interval(numbers), {middle, expected.low, expected.high});
  }
}

TEST(MedianInterval, TakesTheValuesInAnyOrder) {  // median_cihs of the same values
  expect_interval(median_interval(std::array{101.0, 98.0, 105.0, 97.0, 110.0, 103.0}),
                  {102.0, 97.35714285714286, 108.21428571428572});
  expect_interval(
      median_interval(std::array{55.0, 1.0, 1.3, 30.0, 1.4, 1.8, 1.1, 4.0, 2.5, 12.0, 7.5}),
      {2.5, 1.2835587929240375, 13.479708636836627});
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

// The medians of the laws with a coefficient of variation of 5 %. Of the spoiled one: the root x of
// 0.9 Phi(x / s) + 0.1 E Phi((x - log u) / s) = 1/2, u even in [0.6, 0.9], s^2 = log(1.0025), by
// scipy.optimize.brentq and scipy.integrate.quad.
double true_median(NoiseLaw law) {
  if (law == NoiseLaw::spoiled) return -0.006962063753634931;
  return law == NoiseLaw::skewed ? std::sqrt(std::log1p(0.0025)) * (1 - std::log(2.0)) : 0;
}

// The share of 5,000 samples whose interval holds the median; of 0.95 its own error is 0.003.
double share_held(NoiseLaw law, std::size_t size) {
  SimulatedNoise noise(2026);
  int held = 0;
  for (int round = 0; round < 5000; ++round) {
    std::vector<double> sample(size);
    for (double& value : sample) value = noise.draw(law, 0.05);
    const auto interval = median_interval(sample);
    if (interval && interval->low <= true_median(law) && true_median(law) <= interval->high) ++held;
  }
  return held / 5000.0;
}

TEST(MedianInterval, HoldsTheTrueMedianInNinetyFiveOfAHundredCasesWhateverTheNoise) {
  for (const NoiseLaw law :
       {NoiseLaw::log_normal, NoiseLaw::spoiled, NoiseLaw::long_tailed, NoiseLaw::skewed}) {
    for (const std::size_t size : {6U, 7U, 8U, 10U, 15U, 30U}) {
      const double share = share_held(law, size);
      EXPECT_GE(share, 0.93) << "law " << static_cast<int>(law) << ", " << size << " trials";
      EXPECT_LE(share, 0.97) << "law " << static_cast<int>(law) << ", " << size << " trials";
    }
  }
}

}  // namespace
}  // namespace assay::statistics
