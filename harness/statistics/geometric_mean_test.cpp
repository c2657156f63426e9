#include "harness/statistics/geometric_mean.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

TEST(GeometricMean, IsThatOfScipy) {  // scipy.stats.gmean
  EXPECT_NEAR(geometric_mean(std::array{2.0, 0.5, 3.0, 1.25, 0.8}), 1.2457309396155174, 1e-15);
}

TEST(GeometricMean, HoldsLargeNumbersOfLargeValues) {
  EXPECT_NEAR(geometric_mean(std::vector(200, 1e9)) / 1e9, 1, 1e-12);
}

// 2 and 1/2 of the two that both have make 1; `files`, which theirs lacks, is not a zero.
TEST(CommonRatio, IsOfTheWorkloadsThatBothRan) {
  const auto ratio = common_ratio({{"json", 200}, {"echo", 50}, {"files", 9}},
                                  {{"json", 100}, {"echo", 100}, {"db", 7}});
  ASSERT_TRUE(ratio);
  EXPECT_NEAR(ratio->ratio, 1, 1e-15);
  EXPECT_EQ(ratio->common, 2U);
}

TEST(CommonRatio, IsNotGivenWithoutACommonWorkloadOrForARateOfNothing) {
  EXPECT_FALSE(common_ratio({{"json", 200}}, {{"echo", 100}}));
  EXPECT_FALSE(common_ratio({{"json", 200}}, {{"json", 0}}));
}

}  // namespace
}  // namespace assay::statistics
