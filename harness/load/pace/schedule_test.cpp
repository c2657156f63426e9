#include "harness/load/pace/schedule.h"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint start{std::chrono::hours(1)};
constexpr auto second = std::chrono::seconds(1);

// Measures from `start`, after a warm-up of a second.
Job by_time(nanoseconds duration) {
  Job job;
  job.warm_up = second;
  job.duration = duration;
  return job;
}

Job of_requests(std::uint64_t requests) {
  Job job = by_time(second);
  job.requests = requests;
  return job;
}

Job at_rate(double per_second, nanoseconds duration) {
  Job job = by_time(duration);
  job.rate = Rate{per_second, per_second, Arrivals::constant};
  return job;
}

TEST(Schedule, CountsWhatEndsWithinTheMeasuredTime) {
  Schedule schedule(by_time(second), start - second);
  const auto ticket = schedule.take(start - second);
  ASSERT_TRUE(ticket.has_value());
  EXPECT_FALSE(schedule.counts(ticket->ticket, start - nanoseconds(1)));
  EXPECT_TRUE(schedule.counts(ticket->ticket, start));
  EXPECT_TRUE(schedule.counts(ticket->ticket, start + second - nanoseconds(1)));
  EXPECT_FALSE(schedule.counts(ticket->ticket, start + second));
}

TEST(Schedule, SendsNothingAfterTheEnd) {
  Schedule schedule(by_time(second), start - second);
  EXPECT_TRUE(schedule.take(start + second - nanoseconds(1)));
  EXPECT_FALSE(schedule.take(start + second));
}

TEST(Schedule, LosesPatienceAfterHalfTheWindowOrASecond) {
  const Schedule schedule(by_time(second), start - second);
  EXPECT_EQ(schedule.patience(start + second, nanoseconds(0)), milliseconds(500));
  EXPECT_EQ(schedule.patience(start + 2 * second, nanoseconds(0)), milliseconds(500));
  EXPECT_EQ(schedule.patience(start + milliseconds(500), nanoseconds(0)),
            milliseconds(250));  // cut short
  const Schedule longer(by_time(30 * second), start - second);
  EXPECT_EQ(longer.patience(start + 30 * second, nanoseconds(0)), second);
}

TEST(Schedule, IsPatientWithAServerThatNeedsLongForEachReply) {
  const Schedule schedule(by_time(10 * second), start - second);
  EXPECT_EQ(schedule.patience(start + 10 * second, 3 * second), 6 * second);
}

TEST(Schedule, TakesNothingForHungInTheWarmUp) {
  const Schedule schedule(by_time(second), start - second);
  EXPECT_EQ(schedule.patience(start, nanoseconds(0)), nanoseconds::max());
}

TEST(Schedule, GivesExactlyAsManyTicketsAsRequestsWereAskedFor) {
  Schedule schedule(of_requests(2), start - second);
  EXPECT_EQ(schedule.take(start)->ticket, Ticket::counted);
  EXPECT_EQ(schedule.take(start + 9 * second)->ticket, Ticket::counted);
  EXPECT_FALSE(schedule.take(start));
  EXPECT_FALSE(schedule.take(start));
}

TEST(Schedule, DoesNotCountTheWarmUpAmongTheRequestsAskedFor) {
  Schedule schedule(of_requests(1), start - second);
  EXPECT_EQ(schedule.take(start - second)->ticket, Ticket::warm_up);
  EXPECT_FALSE(schedule.counts(Ticket::warm_up, start + second));
  EXPECT_EQ(schedule.take(start)->ticket, Ticket::counted);
  EXPECT_TRUE(schedule.counts(Ticket::counted, start + 9 * second));
}

TEST(Schedule, NumbersTheRequestsOfAClosedLoop) {
  Schedule schedule(by_time(second), start - second);
  EXPECT_EQ(schedule.take(start)->number, 0U);
  EXPECT_EQ(schedule.take(start)->number, 1U);
  Job job = by_time(second);
  job.share = {1, 3};
  Schedule shared(job, start - second);
  EXPECT_EQ(shared.take(start)->number, 1U);
  EXPECT_EQ(shared.take(start)->number, 4U);
}

TEST(Schedule, SharesTheRequestsInAllAmongAgents) {
  std::vector<std::uint64_t> requests;
  for (std::uint64_t index = 0; index < 3; ++index) {
    Job job = of_requests(8);
    job.share = {index, 3};
    requests.push_back(Schedule(job, start).requests());
  }
  EXPECT_EQ(requests, (std::vector<std::uint64_t>{3, 3, 2}));
}

TEST(Schedule, CountsWhatIsDueWithinTheMeasuredTimeHoweverLateItEnds) {
  Schedule schedule(at_rate(2, second), start - second);
  std::vector<Ticket> tickets;
  std::vector<nanoseconds> times;
  while (const auto due = schedule.take(start - second)) {
    tickets.push_back(due->ticket);
    times.push_back(due->at - start);
  }
  using enum Ticket;
  EXPECT_EQ(tickets, (std::vector{warm_up, warm_up, counted, counted}));
  EXPECT_EQ(times, (std::vector<nanoseconds>{-second, -milliseconds(500), milliseconds(0),
                                             milliseconds(500)}));
  EXPECT_TRUE(schedule.counts(counted, start + 60 * second));
  EXPECT_FALSE(schedule.counts(warm_up, start + milliseconds(1)));
}

Job until_steady() {
  Job job = by_time(second);
  job.warm_up_most = 9 * second;
  return job;
}

TEST(Schedule, CountsNothingUntilItIsDecidedWhereItsWindowBegins) {
  Schedule schedule(until_steady(), start - second);
  EXPECT_FALSE(schedule.is_decided());
  EXPECT_FALSE(schedule.counts(Ticket::by_end, start));
  EXPECT_TRUE(schedule.take(start + 5 * second));
  EXPECT_EQ(schedule.patience(start, nanoseconds(0)), nanoseconds::max());
  schedule.measure_from(start + 5 * second);
  EXPECT_TRUE(schedule.is_decided());
  EXPECT_FALSE(schedule.counts(Ticket::by_end, start + 5 * second - nanoseconds(1)));
  EXPECT_TRUE(schedule.counts(Ticket::by_end, start + 5 * second));
  EXPECT_FALSE(schedule.counts(Ticket::by_end, start + 6 * second));
  EXPECT_EQ(schedule.end(), start + 6 * second);
  EXPECT_FALSE(schedule.take(start + 6 * second));
}

TEST(Schedule, SettlesTheTicketOfARequestThatWasTakenBeforeItWasDecided) {
  Job job = until_steady();
  job.rate = Rate{1, 1, Arrivals::constant};
  Schedule schedule(job, start);
  auto early = *schedule.take(start);
  auto late = *schedule.take(start);
  EXPECT_EQ(late.ticket, Ticket::warm_up);
  schedule.measure_from(start + second);
  schedule.settle(early);
  schedule.settle(late);
  EXPECT_EQ(early.ticket, Ticket::warm_up);
  EXPECT_EQ(late.ticket, Ticket::counted);
}

TEST(Schedule, EndsAnOpenLoopAfterTheRequestsAskedFor) {
  Job job = at_rate(2, second);
  job.requests = 3;
  Schedule schedule(job, start - second);
  std::size_t taken = 0;
  while (schedule.take(start)) ++taken;
  EXPECT_EQ(taken, 5U);  // two to warm up
}

}  // namespace
}  // namespace assay::load
