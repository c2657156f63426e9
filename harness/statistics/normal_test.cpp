#include "harness/statistics/normal.h"

#include <array>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

TEST(NormalShare, IsThatOfTheBooks) {  // scipy.stats.norm.cdf
  EXPECT_NEAR(normal_share(-30) / 4.906713927147908e-198, 1, 1e-12);
  EXPECT_NEAR(normal_share(-8) / 6.22096057427174e-16, 1, 1e-12);
  EXPECT_NEAR(normal_share(-1.5), 0.06680720126885807, 1e-15);
  EXPECT_DOUBLE_EQ(normal_share(0), 0.5);
  EXPECT_NEAR(normal_share(0.3), 0.6179114221889526, 1e-15);
  EXPECT_NEAR(normal_share(2.5), 0.9937903346742238, 1e-15);
}

TEST(NormalQuantile, IsThatOfTheBooks) {  // scipy.stats.norm.ppf
  EXPECT_NEAR(normal_quantile(1e-300), -37.0470962993612, 1e-11);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-13);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-14);
  EXPECT_NEAR(normal_quantile(0.025), -1.9599639845400545, 1e-14);
  EXPECT_NEAR(normal_quantile(0.3), -0.5244005127080409, 1e-14);
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-15);
  EXPECT_NEAR(normal_quantile(0.9), 1.2815515655446004, 1e-14);
  EXPECT_NEAR(normal_quantile(0.999999), 4.753424308817087, 1e-11);
}

TEST(NormalQuantile, HasNoEndAtEitherEnd) {
  EXPECT_EQ(normal_quantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(normal_quantile(1), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace assay::statistics
