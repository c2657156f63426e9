#include "harness/statistics/rank_bounds.h"

#include <array>
#include <limits>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

// Chances of 0.01, 0.03, 0.06: at most 0 with 0.01, at most 1 with 0.04. The tail of 0.025 lies
// half way between.
TEST(RankBounds, LieBetweenTheRanksThatEncloseTooOftenAndTooSeldom) {
  const auto bounds = rank_bounds(std::array{0.01, 0.03, 0.06, 0.4}, 0.95);
  ASSERT_TRUE(bounds);
  EXPECT_EQ(bounds->rank, 1U);
  EXPECT_NEAR(bounds->inward, 0.5, 1e-12);
  const auto wider = rank_bounds(std::array{0.01, 0.03, 0.06, 0.4}, 0.9);
  ASSERT_TRUE(wider);
  EXPECT_EQ(wider->rank, 2U);
  EXPECT_NEAR(wider->inward, 1.0 / 6, 1e-12);
}

TEST(RankBounds, AreNotGivenWhenTheOutermostValuesEncloseTooSeldom) {
  EXPECT_FALSE(rank_bounds(std::array{0.03, 0.1, 0.4}, 0.95));
  EXPECT_FALSE(rank_bounds({}, 0.95));
}

TEST(RankBounds, AreTheOutermostValuesAtTheirOwnConfidence) {
  const auto bounds = rank_bounds(std::array{0.015625, 0.1, 0.4}, 1 - 2 * 0.015625);
  ASSERT_TRUE(bounds);
  EXPECT_EQ(bounds->rank, 1U);
  EXPECT_EQ(bounds->inward, 0);
}

// 100 + 0.5 - 1.96 * 10 = 80.9.
TEST(RankBounds, OfManyValuesComeFromTheNormalDistribution) {
  const auto bounds = normal_rank_bounds(100, 100, 0.95);
  ASSERT_TRUE(bounds);
  EXPECT_EQ(bounds->rank, 80U);
  EXPECT_NEAR(bounds->inward, 0.9004, 1e-4);
  EXPECT_FALSE(normal_rank_bounds(10, 100, 0.95));
}

TEST(RankBounds, MixTheNeighboursFromBothEnds) {
  const Interval interval = between(std::array{1.0, 3.0, 4.0, 8.0, 10.0}, {1, 0.25});
  EXPECT_DOUBLE_EQ(interval.median, 4);
  EXPECT_DOUBLE_EQ(interval.low, 1.5);
  EXPECT_DOUBLE_EQ(interval.high, 9.5);
}

}  // namespace
}  // namespace assay::statistics
