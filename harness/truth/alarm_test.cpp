#include "harness/truth/alarm.h"

#include <poll.h>

#include <gtest/gtest.h>

#include "harness/load/socket/readiness.h"

namespace assay::truth {
namespace {

using load::Clock;
using std::chrono::hours;
using std::chrono::milliseconds;

bool will_ring(const Alarm& alarm) {
  return load::is_ready(alarm.file(), POLLIN, Clock::now() + hours(1));
}
bool is_ringing(const Alarm& alarm) {
  pollfd file{alarm.file(), POLLIN, 0};
  return poll(&file, 1, 0) == 1;
}

TEST(Alarm, IsSilentUntilItIsSet) {
  const Alarm alarm;
  ASSERT_TRUE(alarm.is_open());
  EXPECT_FALSE(is_ringing(alarm));
}

TEST(Alarm, RingsAtItsTimeAndNotBefore) {
  Alarm alarm;
  const load::TimePoint when = Clock::now() + milliseconds(20);
  alarm.set(when);
  EXPECT_TRUE(will_ring(alarm));
  EXPECT_GE(Clock::now(), when);
}

TEST(Alarm, RingsAtOnceForATimeThatIsPast) {
  Alarm alarm;
  alarm.set(Clock::now() - hours(1));
  EXPECT_TRUE(will_ring(alarm));
}

TEST(Alarm, IsQuietUntilItIsSetAgain) {
  Alarm alarm;
  alarm.set(Clock::now());
  EXPECT_TRUE(will_ring(alarm));
  alarm.quiet();
  EXPECT_FALSE(is_ringing(alarm));
  alarm.set(Clock::now());
  EXPECT_TRUE(will_ring(alarm));
}

TEST(Alarm, ForgetsTheTimeThatWasSetBefore) {
  Alarm alarm;
  alarm.set(Clock::now());
  alarm.set(Clock::now() + hours(1));
  EXPECT_FALSE(is_ringing(alarm));
}

}  // namespace
}  // namespace assay::truth
