#include "harness/statistics/normal.h"

#include <cmath>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

// The answers are scipy.stats.norm.cdf and .ppf.
TEST(Normal, AgreesWithScipyOnWhatLiesBelow) {
  EXPECT_NEAR(normal_cdf(-8), 6.22096057427174e-16, 1e-29);
  EXPECT_NEAR(normal_cdf(-1.96), 0.024997895148220435, 1e-16);
  EXPECT_NEAR(normal_cdf(-1), 0.15865525393145707, 1e-15);
  EXPECT_DOUBLE_EQ(normal_cdf(0), 0.5);
  EXPECT_NEAR(normal_cdf(0.5), 0.6914624612740131, 1e-15);
  EXPECT_NEAR(normal_cdf(3), 0.9986501019683699, 1e-15);
}

TEST(Normal, AgreesWithScipyOnQuantilesFromTheCentreToTheFarTails) {
  EXPECT_NEAR(normal_quantile(1e-300), -37.0470962993612, 1e-12);
  EXPECT_NEAR(normal_quantile(1e-12), -7.034483825301131, 1e-13);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-14);
  EXPECT_NEAR(normal_quantile(0.025), -1.9599639845400545, 1e-14);
  EXPECT_NEAR(normal_quantile(0.1), -1.2815515655446004, 1e-14);
  EXPECT_NEAR(normal_quantile(0.3), -0.5244005127080409, 1e-14);
  EXPECT_DOUBLE_EQ(normal_quantile(0.5), 0);
  EXPECT_NEAR(normal_quantile(0.6), 0.2533471031357997, 1e-14);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
}

TEST(Normal, PutsShareNoneAndAllAtInfinity) {
  EXPECT_TRUE(std::isinf(normal_quantile(0)));
  EXPECT_LT(normal_quantile(0), 0);
  EXPECT_TRUE(std::isinf(normal_quantile(1)));
  EXPECT_GT(normal_quantile(1), 0);
}

}  // namespace
}  // namespace assay::statistics
