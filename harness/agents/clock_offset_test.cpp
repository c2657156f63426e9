#include "harness/agents/clock_offset.h"

#include <array>

#include <gtest/gtest.h>

namespace assay::agents {
namespace {

using load::TimePoint;

TimePoint at(std::int64_t ns) { return TimePoint(nanoseconds(ns)); }

TEST(ClockOffset, IsThatOfTheLeastRoundTrip) {
  const std::array readings{
      ClockReading{at(1000), nanoseconds(900'000), at(9000)},
      ClockReading{at(20'000), nanoseconds(520'300), at(20'400)},  // seen at 20'200 or so
      ClockReading{at(30'000), nanoseconds(100), at(30'900)},
  };
  const ClockOffset offset = clock_offset(readings);
  EXPECT_EQ(offset.ahead, nanoseconds(500'100));
  EXPECT_EQ(offset.uncertainty, nanoseconds(200));
  EXPECT_EQ(offset.theirs_at(at(1'000'000)), nanoseconds(1'500'100));
}

TEST(ClockOffset, MayBeBehind) {
  const std::array readings{ClockReading{at(5000), nanoseconds(10), at(5020)}};
  EXPECT_EQ(clock_offset(readings).ahead, nanoseconds(-5000));
}

}  // namespace
}  // namespace assay::agents
