#include "harness/statistics/kolmogorov.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

const std::vector<Counted> six{{0.1, 1}, {0.2, 2}, {0.7, 1}, {1.5, 1}, {3.0, 1}};

double exponential(double value) { return value < 0 ? 0 : 1 - std::exp(-value); }
double even_up_to_four(double value) { return std::clamp(value / 4, 0.0, 1.0); }

// scipy.stats.kstest([0.1, 0.2, 0.2, 0.7, 1.5, 3.0], expon.cdf) and (..., "uniform", args=(0, 4)).
TEST(KolmogorovDistance, OfASampleFromADistributionIsThatOfTheBooks) {
  EXPECT_NEAR(kolmogorov_distance(six, exponential), 0.3187307530779818, 1e-15);
  EXPECT_NEAR(kolmogorov_distance(six, even_up_to_four), 0.49166666666666664, 1e-15);
}

// scipy.stats.ks_2samp([1, 2, 3, 4], [2.5, 3, 3, 5, 6]).
TEST(KolmogorovDistance, OfTwoSamplesIsThatOfTheBooks) {
  const std::vector<Counted> one{{1, 1}, {2, 1}, {3, 1}, {4, 1}};
  const std::vector<Counted> other{{2.5, 1}, {3, 2}, {5, 1}, {6, 1}};
  EXPECT_DOUBLE_EQ(kolmogorov_distance(one, other), 0.5);
  EXPECT_DOUBLE_EQ(kolmogorov_distance(other, one), 0.5);
  EXPECT_DOUBLE_EQ(kolmogorov_distance(one, one), 0);
}

// 99 of 100 at 2, one at 50; the truth steps at 2.05 and at 50.05.
TEST(KolmogorovDistance, LooksPastAStepThatIsMissedByLessThanTheSlack) {
  const std::vector<Counted> sample{{2, 99}, {50, 1}};
  const auto truth = [](double value) { return value < 2.05 ? 0 : value < 50.05 ? 0.99 : 1; };
  EXPECT_NEAR(kolmogorov_distance(sample, truth), 0.99, 1e-12);
  EXPECT_NEAR(kolmogorov_distance(sample, truth, 0.1), 0, 1e-12);
}

TEST(KolmogorovDistance, SeesAStepOfAnotherHeightWhateverTheSlack) {
  const std::vector<Counted> sample{{2, 90}, {50, 10}};
  const auto truth = [](double value) { return value < 2 ? 0 : value < 50 ? 0.99 : 1; };
  EXPECT_NEAR(kolmogorov_distance(sample, truth, 0.1), 0.09, 1e-12);
}

// scipy.stats.kstwobign.isf(0.001) is 1.94947; kstwo.isf(0.001, 1000) is 0.06146.
TEST(KolmogorovBound, ShrinksWithTheRootOfTheSample) {
  EXPECT_NEAR(kolmogorov_bound(10'000), 0.0194947, 1e-7);
  EXPECT_NEAR(kolmogorov_bound(1'000), 0.06146, 3e-4);
}

}  // namespace
}  // namespace assay::statistics
