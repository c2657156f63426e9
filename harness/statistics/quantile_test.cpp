#include "harness/statistics/quantile.h"

#include <array>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

TEST(Quantile, LiesOnTheLineBetweenItsNeighbours) {  // numpy.quantile
  const std::array sorted{1.0, 2.5, 4.0, 8.0, 16.0};
  EXPECT_DOUBLE_EQ(quantile(sorted, 0), 1.0);
  EXPECT_DOUBLE_EQ(quantile(sorted, 0.1), 1.6);
  EXPECT_DOUBLE_EQ(quantile(sorted, 0.25), 2.5);
  EXPECT_DOUBLE_EQ(quantile(sorted, 0.9), 12.8);
  EXPECT_DOUBLE_EQ(quantile(sorted, 1), 16.0);
}

TEST(Quantile, OfOneValueIsThatValue) { EXPECT_DOUBLE_EQ(quantile(std::array{7.0}, 0.3), 7.0); }

}  // namespace
}  // namespace assay::statistics
