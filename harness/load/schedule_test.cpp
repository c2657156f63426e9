#include "harness/load/schedule.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint start{std::chrono::hours(1)};
constexpr auto second = std::chrono::seconds(1);

TEST(Schedule, CountsWhatEndsWithinTheMeasuredTime) {
  Schedule schedule(start, second, std::nullopt);
  const auto ticket = schedule.take(start - second);
  ASSERT_TRUE(ticket.has_value());
  EXPECT_FALSE(schedule.counts(*ticket, start - nanoseconds(1)));
  EXPECT_TRUE(schedule.counts(*ticket, start));
  EXPECT_TRUE(schedule.counts(*ticket, start + second - nanoseconds(1)));
  EXPECT_FALSE(schedule.counts(*ticket, start + second));
}

TEST(Schedule, SendsNothingAfterTheEnd) {
  Schedule schedule(start, second, std::nullopt);
  EXPECT_TRUE(schedule.take(start + second - nanoseconds(1)));
  EXPECT_FALSE(schedule.take(start + second));
}

TEST(Schedule, LosesPatienceAfterHalfTheWindowOrASecond) {
  const Schedule schedule(start, second, std::nullopt);
  EXPECT_EQ(schedule.patience(start + second, nanoseconds(0)), milliseconds(500));
  EXPECT_EQ(schedule.patience(start + 2 * second, nanoseconds(0)), milliseconds(500));
  EXPECT_EQ(schedule.patience(start + milliseconds(500), nanoseconds(0)),
            milliseconds(250));  // cut short
  const Schedule longer(start, 30 * second, std::nullopt);
  EXPECT_EQ(longer.patience(start + 30 * second, nanoseconds(0)), second);
}

TEST(Schedule, IsPatientWithAServerThatNeedsLongForEachReply) {
  const Schedule schedule(start, 10 * second, std::nullopt);
  EXPECT_EQ(schedule.patience(start + 10 * second, 3 * second), 6 * second);
}

TEST(Schedule, TakesNothingForHungInTheWarmUp) {
  const Schedule schedule(start, second, std::nullopt);
  EXPECT_EQ(schedule.patience(start, nanoseconds(0)), nanoseconds::max());
}

TEST(Schedule, GivesExactlyAsManyTicketsAsRequestsWereAskedFor) {
  Schedule schedule(start, second, 2);
  EXPECT_EQ(schedule.take(start), Ticket::counted);
  EXPECT_EQ(schedule.take(start + 9 * second), Ticket::counted);
  EXPECT_FALSE(schedule.take(start));
  EXPECT_FALSE(schedule.take(start));
}

TEST(Schedule, DoesNotCountTheWarmUpAmongTheRequestsAskedFor) {
  Schedule schedule(start, second, 1);
  EXPECT_EQ(schedule.take(start - second), Ticket::warm_up);
  EXPECT_FALSE(schedule.counts(Ticket::warm_up, start + second));
  EXPECT_EQ(schedule.take(start), Ticket::counted);
  EXPECT_TRUE(schedule.counts(Ticket::counted, start + 9 * second));
}

}  // namespace
}  // namespace assay::load
