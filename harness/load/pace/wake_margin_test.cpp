#include "harness/load/pace/wake_margin.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::microseconds;

TEST(WakeMargin, IsAQuarterMoreThanTheSystemWasLate) {
  WakeMargin margin;
  margin.woke(microseconds(200));
  EXPECT_EQ(margin.length(), microseconds(250));
}

TEST(WakeMargin, KeepsTheLongestAndForgetsItSlowly) {
  WakeMargin margin;
  margin.woke(microseconds(200));
  margin.woke(microseconds(10));
  EXPECT_EQ(margin.length(), microseconds(250));
  for (int times = 0; times < 200; ++times) margin.age();  // two seconds, asleep or not
  EXPECT_LT(margin.length(), microseconds(125));
  EXPECT_GT(margin.length(), microseconds(100));
}

TEST(WakeMargin, StaysWithinItsBounds) {
  WakeMargin margin;
  margin.woke(std::chrono::seconds(1));
  EXPECT_EQ(margin.length(), WakeMargin::longest);
  for (int times = 0; times < 10'000; ++times) margin.age();
  EXPECT_EQ(margin.length(), WakeMargin::shortest);
}

}  // namespace
}  // namespace assay::load
