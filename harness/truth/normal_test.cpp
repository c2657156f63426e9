#include "harness/truth/normal.h"

#include <cmath>

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

// Values of scipy.stats.norm.
TEST(Normal, HasTheKnownShares) {
  EXPECT_DOUBLE_EQ(normal_cdf(0), 0.5);
  EXPECT_DOUBLE_EQ(normal_cdf(1), 0.8413447460685429);
  EXPECT_DOUBLE_EQ(normal_cdf(-1.96), 0.024997895148220435);
  EXPECT_DOUBLE_EQ(normal_cdf(3), 0.9986501019683699);
  EXPECT_NEAR(normal_cdf(-8) / 6.22096057427174e-16, 1, 1e-12);
}

TEST(Normal, HasTheKnownQuantiles) {
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-15);
  EXPECT_NEAR(normal_quantile(0.9), 1.2815515655446004, 1e-14);
  EXPECT_NEAR(normal_quantile(0.99), 2.3263478740408408, 1e-13);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-13);
  EXPECT_NEAR(normal_quantile(0.3), -0.5244005127080409, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-12);
}

TEST(Normal, EndsNowhere) {
  EXPECT_TRUE(std::isinf(normal_quantile(0)) && normal_quantile(0) < 0);
  EXPECT_TRUE(std::isinf(normal_quantile(1)) && normal_quantile(1) > 0);
}

}  // namespace
}  // namespace assay::truth
