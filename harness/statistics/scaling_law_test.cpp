#include "harness/statistics/scaling_law.h"

#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

using Points = std::vector<Throughput>;

void expect_law(const std::optional<ScalingLaw>& found, const ScalingLaw& expected) {
  ASSERT_TRUE(found.has_value());
  EXPECT_NEAR(found->lambda, expected.lambda, 1e-8 * expected.lambda);
  EXPECT_NEAR(found->sigma, expected.sigma, 1e-10);
  EXPECT_NEAR(found->kappa, expected.kappa, 1e-10);
}

// 4 workers: 4000 / (1 + 0.1 x 3 + 0.01 x 12) = 4000 / 1.42.
TEST(ScalingLaw, IsGunthers) {
  EXPECT_DOUBLE_EQ(rate_at({1000, 0.1, 0.01}, 1), 1000);
  EXPECT_DOUBLE_EQ(rate_at({1000, 0.1, 0.01}, 4), 4000 / 1.42);
}

TEST(ScalingLaw, HasAPeakWhereMoreWorkersCostMoreThanTheyBring) {
  EXPECT_NEAR(peak_workers({1000, 0.1, 0.01}).value(), 9.48683298050513, 1e-12);  // sqrt(90)
  EXPECT_FALSE(peak_workers({1000, 0.1, 0}));
  EXPECT_DOUBLE_EQ(peak_workers({1000, 0.1, 2}).value(), 1);
  EXPECT_DOUBLE_EQ(peak_workers({1000, 1.5, 0.1}).value(), 1);
  EXPECT_DOUBLE_EQ(peak_workers({1000, 1.5, 0}).value(), 1);
  EXPECT_FALSE(peak_workers({1000, 1, 0}));
}

TEST(ScalingFit, FindsTheLawThatPointsLieOn) {
  const ScalingLaw law{1000, 0.05, 0.002};
  Points points;
  for (const double workers : {1, 2, 4, 8, 16, 64})
    points.push_back({workers, rate_at(law, workers)});
  expect_law(fit(ScalingModel::universal, points), law);
}

// scipy.optimize.nnls(A, 1) with the rows of A (X/N, X/N (N - 1), X (N - 1)); lambda is 1 / x0,
// sigma x1 / x0, kappa x2 / x0. scipy.optimize.curve_fit of the logarithms comes within 0.05 % of
// lambda, 0.0002 of sigma.
TEST(ScalingFit, IsTheLeastSquaresOfScipy) {
  expect_law(fit(ScalingModel::universal,
                 Points{{1, 955}, {2, 1878}, {4, 3548}, {8, 6531}, {16, 9897}, {32, 10900}}),
             {951.4749825630222, 0.013853505475333839, 0.0013738186978394424});
  expect_law(fit(ScalingModel::universal,
                 Points{{1, 1010}, {1, 990}, {2, 1500}, {2, 1540}, {4, 1500}, {4, 1460}}),
             {1000.1, 0.06389337961644202, 0.12589994339240215});
}

TEST(ScalingFit, OfAmdahlIsThatWithoutKappa) {  // nnls of the first two columns
  expect_law(fit(ScalingModel::amdahl,
                 Points{{1, 955}, {2, 1878}, {4, 3548}, {8, 6531}, {16, 9897}, {32, 10900}}),
             {1020.9019719040972, 0.05255206635475028, 0});
}

// Faster than straight: nnls has 0 for both, and so lsq_linear; without bounds sigma is below 0.
TEST(ScalingFit, NeverMakesWorkCheaperByAddingWorkers) {
  const Points points{{1, 1000}, {2, 2110}, {4, 4050}, {8, 8300}};
  expect_law(fit(ScalingModel::universal, points), {1026.6961023142508, 0, 0});
  expect_law(fit_unbounded(ScalingModel::universal, points),
             {1019.1846077057235, -0.004311369525897313, 0.0002634651877162609});
}

TEST(ScalingFit, IsNotGivenForTooFewNumbersOfWorkers) {
  EXPECT_FALSE(fit(ScalingModel::universal, Points{{1, 10}, {2, 18}, {2, 19}}));
  EXPECT_FALSE(fit(ScalingModel::amdahl, Points{{2, 18}, {2, 19}}));
  EXPECT_TRUE(fit(ScalingModel::amdahl, Points{{1, 10}, {2, 18}}));
  EXPECT_FALSE(fit(ScalingModel::amdahl, {}));
}

TEST(ScalingFit, IsNotGivenForRatesOrWorkersThatCannotBe) {
  EXPECT_FALSE(fit(ScalingModel::amdahl, Points{{1, 10}, {2, 0}}));
  EXPECT_FALSE(fit(ScalingModel::amdahl, Points{{0.5, 10}, {2, 18}}));
}

}  // namespace
}  // namespace assay::statistics
