#include "harness/truth/stalls.h"

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

constexpr TimePoint began{nanoseconds(1000)};

TimePoint at(int since) { return began + nanoseconds(since); }

// Ten long, the last three of which are a stall: 7 to 10, 17 to 20, 27 to 30.
const Stalls stalls(began, nanoseconds(10), nanoseconds(3));

TEST(Stalls, MoveAMomentToTheirEnd) {
  EXPECT_EQ(stalls.awake(at(0)), at(0));
  EXPECT_EQ(stalls.awake(at(6)), at(6));
  EXPECT_EQ(stalls.awake(at(7)), at(10));
  EXPECT_EQ(stalls.awake(at(9)), at(10));
  EXPECT_EQ(stalls.awake(at(10)), at(10));
  EXPECT_EQ(stalls.awake(at(28)), at(30));
}

TEST(Stalls, InterruptWork) {
  EXPECT_EQ(stalls.done(at(0), nanoseconds(5)), at(5));
  EXPECT_EQ(stalls.done(at(5), nanoseconds(3)), at(11));
  EXPECT_EQ(stalls.done(at(8), nanoseconds(1)), at(11));
  EXPECT_EQ(stalls.done(at(5), nanoseconds(10)), at(21));
  EXPECT_EQ(stalls.done(at(16), nanoseconds(9)), at(31));
}

TEST(Stalls, BeginOnlyWhenWorkThatEndsWithThemIsDone) {
  EXPECT_EQ(stalls.done(at(5), nanoseconds(2)), at(7));
  EXPECT_EQ(stalls.done(at(5), nanoseconds(9)), at(17));
  EXPECT_EQ(stalls.done(at(0), nanoseconds(21)), at(27));
}

TEST(Stalls, HoldBackWhatTakesNoTime) {
  EXPECT_EQ(stalls.done(at(3), nanoseconds(0)), at(3));
  EXPECT_EQ(stalls.done(at(8), nanoseconds(0)), at(10));
}

TEST(Stalls, OfNoLengthChangeNothing) {
  const Stalls none(began, nanoseconds(0), nanoseconds(0));
  EXPECT_EQ(none.awake(at(123)), at(123));
  EXPECT_EQ(none.done(at(123), nanoseconds(77)), at(200));
}

// Nanosecond by nanosecond, as the definition says.
TEST(Stalls, AgreeWithACountOfEveryStep) {
  for (int start = 0; start < 30; ++start) {
    for (int work = 1; work < 40; ++work) {
      int now = start;
      for (int left = work; left > 0; ++now) left -= now % 10 < 7 ? 1 : 0;
      EXPECT_EQ(stalls.done(at(start), nanoseconds(work)), at(now)) << start << " " << work;
    }
  }
}

}  // namespace
}  // namespace assay::truth
