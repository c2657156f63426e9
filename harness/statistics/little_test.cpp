#include "harness/statistics/little.h"

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

TEST(LittlesLaw, LeavesNothingWhenEveryConnectionIsBusyAllTheTime) {
  EXPECT_DOUBLE_EQ(littles_law_residual(8000, 0.004, 32), 0);
}

// 32 connections, 11,828 requests a second, a mean of 5.95 ms claimed where 2.71 ms is true.
TEST(LittlesLaw, ShowsAMeanThatCannotBe) {
  EXPECT_NEAR(littles_law_residual(11828, 0.00595, 32), 1.199, 0.001);
  EXPECT_NEAR(littles_law_residual(11828, 0.00271, 32), 0.002, 0.001);
}

TEST(LittlesLaw, IsNegativeWhenConnectionsStandIdle) {
  EXPECT_DOUBLE_EQ(littles_law_residual(1000, 0.008, 16), -0.5);
}

}  // namespace
}  // namespace assay::statistics
