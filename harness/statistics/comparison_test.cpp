#include "harness/statistics/comparison.h"

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

TEST(Comparison, IsFasterWhenTheIntervalIsAboveOneAndTheEffectAboveTheFloor) {
  EXPECT_EQ(compared(Interval{1.10, 1.05, 1.15}), Comparison::faster);
}

TEST(Comparison, IsSlowerWhenTheIntervalIsBelowOneAndTheEffectAboveTheFloor) {
  EXPECT_EQ(compared(Interval{0.90, 0.85, 0.95}), Comparison::slower);
}

TEST(Comparison, IsATieWhenTheIntervalHoldsOne) {
  EXPECT_EQ(compared(Interval{1.10, 0.99, 1.20}), Comparison::tie);
  EXPECT_EQ(compared(Interval{0.90, 0.80, 1.00}), Comparison::tie);
}

TEST(Comparison, IsATieBelowTheFloorHoweverNarrowTheInterval) {
  EXPECT_EQ(compared(Interval{1.02, 1.019, 1.021}), Comparison::tie);
  EXPECT_EQ(compared(Interval{0.98, 0.979, 0.981}), Comparison::tie);
}

TEST(Comparison, IsTheSameWhicheverSideIsOurs) {
  EXPECT_EQ(compared(Interval{1.0305, 1.02, 1.04}), Comparison::faster);
  EXPECT_EQ(compared(Interval{1 / 1.0305, 1 / 1.04, 1 / 1.02}), Comparison::slower);
}

TEST(Comparison, SaysTheOppositeWhenTheSidesAreExchanged) {
  EXPECT_EQ(compared(Interval{1.0305, 1.02, 1.04}), Comparison::faster);
  EXPECT_EQ(compared(Interval{1 / 1.0305, 1 / 1.04, 1 / 1.02}), Comparison::slower);
  EXPECT_EQ(compared(Interval{1.0295, 1.02, 1.04}), Comparison::tie);
  EXPECT_EQ(compared(Interval{1 / 1.0295, 1 / 1.04, 1 / 1.02}), Comparison::tie);
}

TEST(Comparison, TakesTheFloorOfTheHost) {
  EXPECT_EQ(compared(Interval{1.10, 1.05, 1.15}, 0.12), Comparison::tie);
  EXPECT_EQ(compared(Interval{1.02, 1.019, 1.021}, 0.01), Comparison::faster);
}

TEST(Comparison, SaysThatThereIsNoInterval) {
  EXPECT_EQ(compared(std::nullopt), Comparison::no_interval);
  EXPECT_EQ(text(Comparison::no_interval), "no interval");
}

}  // namespace
}  // namespace assay::statistics
