#include "harness/statistics/median.h"

#include <array>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

TEST(Median, IsTheMiddleValueOfAnOddSample) {
  EXPECT_DOUBLE_EQ(median(std::array{9.0, 1.0, 5.0}), 5.0);
  EXPECT_DOUBLE_EQ(median(std::array{7.5}), 7.5);
}

TEST(Median, IsTheMeanOfTheTwoMiddleValuesOfAnEvenSample) {
  EXPECT_DOUBLE_EQ(median(std::array{10.0, 1.0, 4.0, 2.0}), 3.0);
  EXPECT_DOUBLE_EQ(median(std::array{-1.0, 1.0}), 0.0);
}

TEST(Median, IsNotMovedByOneValueFarOut) {
  EXPECT_DOUBLE_EQ(median(std::array{1.0, 2.0, 3.0, 4.0, 1e9}), 3.0);
}

TEST(Median, LeavesTheSampleAsItWas) {
  const std::array sample{3.0, 1.0, 2.0};
  median(sample);
  EXPECT_EQ(sample, (std::array{3.0, 1.0, 2.0}));
}

}  // namespace
}  // namespace assay::statistics
