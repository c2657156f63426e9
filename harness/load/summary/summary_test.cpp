#include "harness/load/summary/summary.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

// One that was due at 0 and sent `lag` later, for which a connection was free all the time.
Outcome outcome_after(nanoseconds lag, nanoseconds wire_latency, int status = 200) {
  Outcome outcome;
  outcome.status = status;
  outcome.bytes = 100;
  outcome.sent = outcome.due + lag;
  outcome.first_byte = outcome.sent + wire_latency / 2;
  outcome.ended = outcome.sent + wire_latency;
  return outcome;
}

// Two connections that answer in 1 ms each, for 10 s: 20,000 replies, as Little's law has it.
Summary two_connections(std::uint64_t requests = 20'000) {
  Summary summary;
  summary.connections = 2;
  summary.threads = {{.cpu = seconds(3), .wall = seconds(10)}};
  summary.duration = seconds(10);
  for (std::uint64_t count = 0; count < requests; ++count) {
    summary.tally.add(outcome_after({}, milliseconds(1)), false);
  }
  return summary;
}

// 2000 requests/s for 10 s over as many connections as it takes, each sent 5 us after it was due.
Summary open_loop(std::uint64_t requests = 20'000, nanoseconds lag = microseconds(5)) {
  Summary summary = two_connections(0);
  summary.asked = Rate{.per_second = 2000, .per_second_at_end = 2000};
  summary.offered = 2000;
  for (std::uint64_t count = 0; count < requests; ++count) {
    summary.tally.add(outcome_after(lag, milliseconds(1)), true);
  }
  return summary;
}

void add_error(Summary& summary, ErrorKind kind, int status = 0) {
  Outcome wrong = outcome_after({}, milliseconds(7), status);
  wrong.error = kind;
  summary.tally.add(wrong, summary.offered.has_value());
}

template <class Kind>
bool has(const Summary& summary) {
  for (const Warning& warning : summary.warnings()) {
    if (std::holds_alternative<Kind>(warning)) return true;
  }
  return false;
}

template <class Sign>
bool has_sign(const Summary& summary) {
  for (const Warning& warning : summary.warnings()) {
    const auto* bound = std::get_if<ClientBound>(&warning);
    if (bound != nullptr && std::holds_alternative<Sign>(bound->sign)) return true;
  }
  return false;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Summary, CountsRightRepliesOnlyInItsRate) {
  Summary summary = two_connections();
  EXPECT_DOUBLE_EQ(summary.rate(), 2000);
  EXPECT_DOUBLE_EQ(summary.client_cpu_us_per_request(), 150);
  for (int count = 0; count < 5000; ++count) add_error(summary, ErrorKind::status, 500);
  EXPECT_DOUBLE_EQ(summary.rate(), 2000);
  EXPECT_DOUBLE_EQ(summary.client_cpu_us_per_request(), 120);
}

TEST(Summary, OfNothingHasNoRate) {
  EXPECT_DOUBLE_EQ(Summary().rate(), 0);
  EXPECT_DOUBLE_EQ(Summary().client_cpu(), 0);
  EXPECT_DOUBLE_EQ(Summary().client_cpu_us_per_request(), 0);
  EXPECT_DOUBLE_EQ(Summary().sent_share(), 1);
  EXPECT_TRUE(Summary().warnings().empty());
  EXPECT_FALSE(text(Summary()).empty());
}

TEST(Summary, WarnsOfNothingWhenAllIsWell) {
  EXPECT_TRUE(two_connections().warnings().empty());
  EXPECT_TRUE(open_loop().warnings().empty());
}

TEST(Summary, KnowsItsBusiestThread) {
  Summary summary = two_connections();
  summary.threads = {{.cpu = seconds(3), .wall = seconds(10)},
                     {.cpu = seconds(8), .spinning = seconds(1), .wall = seconds(10)},
                     {.cpu = seconds(1), .wall = seconds(10)}};
  EXPECT_DOUBLE_EQ(summary.client_cpu(), 0.8);
  EXPECT_EQ(summary.client_cpu_time(), seconds(12));
}

TEST(Summary, WarnsWhenAThreadOfTheClientHadNoTimeLeft) {
  Summary summary = two_connections();
  summary.threads.push_back({.cpu = milliseconds(8500), .wall = seconds(10)});
  EXPECT_FALSE(has_sign<BusyThread>(summary));
  summary.threads.back().cpu = milliseconds(8510);
  summary.threads.back().spinning = milliseconds(1400);  // is no work
  EXPECT_TRUE(has_sign<BusyThread>(summary));
  EXPECT_TRUE(holds(text(summary.warnings().front()), "used 85 % of a core; try -t 3"));
}

TEST(Summary, WarnsWhenItCameNearWhatTheClientReachesAtAll) {
  Summary summary = two_connections();
  summary.ceiling = 3334;
  EXPECT_FALSE(has_sign<NearCeiling>(summary));
  summary.ceiling = 3333;
  EXPECT_TRUE(has_sign<NearCeiling>(summary));
}

TEST(Summary, WarnsWhenOneInAHundredRequestsWasSentLate) {
  EXPECT_FALSE(has_sign<LateSends>(open_loop(20'000, microseconds(99))));
  EXPECT_TRUE(has_sign<LateSends>(open_loop(20'000, microseconds(101))));
}

// Whatever it sent late was less than one in a hundred.
TEST(Summary, WarnsWhenTheClientStoodStill) {
  Summary summary = two_connections();
  summary.longest_gap = milliseconds(150);
  EXPECT_FALSE(has_sign<StoodStill>(summary));
  summary.longest_gap = milliseconds(151);
  EXPECT_TRUE(has_sign<StoodStill>(summary));
}

// Of so few no p99 is told, but a client that is late is not to be believed.
TEST(Summary, WarnsOfLateSendsAmongAHundredRequestsToo) {
  EXPECT_FALSE(has_sign<LateSends>(open_loop(500, microseconds(99))));
  EXPECT_TRUE(has_sign<LateSends>(open_loop(500, microseconds(101))));
  EXPECT_FALSE(has_sign<LateSends>(open_loop(99, microseconds(101))));
}

TEST(Summary, WarnsWhenMoreThanOneInAThousandWasSentAgain) {
  Summary summary = open_loop(2000);
  summary.tally.resent = 2;
  EXPECT_FALSE(has<ManySentAgain>(summary));
  summary.tally.resent = 3;
  EXPECT_TRUE(has<ManySentAgain>(summary));
}

TEST(Summary, WarnsWhenRequestsWereSentLaterThanATenthOfTheLatency) {
  Summary summary = open_loop(0);
  for (int count = 0; count < 20'000; ++count) {
    summary.tally.add(outcome_after(microseconds(20), microseconds(400)), true);
  }
  EXPECT_FALSE(has_sign<LateSends>(summary));
  for (int count = 0; count < 400; ++count) {  // one in 51
    summary.tally.add(outcome_after(microseconds(50), microseconds(400)), true);
  }
  EXPECT_TRUE(has_sign<LateSends>(summary));
}

TEST(Summary, DoesNotBlameTheClientForRequestsThatWaitedForAConnection) {
  Summary summary = open_loop();
  for (int count = 0; count < 1000; ++count) {
    Outcome waited = outcome_after(milliseconds(400), milliseconds(1));
    waited.ready = waited.sent - microseconds(5);
    summary.tally.add(waited, true);
  }
  EXPECT_FALSE(has<ClientBound>(summary));
}

TEST(Summary, LeavesWhatWasNeverSentOutOfItsRate) {
  Summary summary = open_loop(19'000);
  for (int count = 0; count < 1000; ++count) add_error(summary, ErrorKind::unsent);
  EXPECT_DOUBLE_EQ(summary.rate(), 1900);
  EXPECT_DOUBLE_EQ(summary.sent_share(), 0.95);
}

TEST(Summary, WarnsWhenTheRateWasNotReached) {
  Summary summary = open_loop(19'800);
  for (int count = 0; count < 200; ++count) add_error(summary, ErrorKind::unsent);
  EXPECT_FALSE(has<RateNotReached>(summary));
  add_error(summary, ErrorKind::unsent);
  EXPECT_TRUE(has<RateNotReached>(summary));
}

TEST(Summary, WarnsWhenTooFewOfThoseThatWereDueWereAnsweredRightly) {
  Summary summary = open_loop(19'790);
  for (int count = 0; count < 210; ++count) add_error(summary, ErrorKind::status, 500);
  EXPECT_TRUE(has<RateNotReached>(summary));
}

// Of 20,000 a Poisson process may well bring 19,450: four standard errors are 566.
TEST(Summary, DoesNotTakeFewArrivalsByChanceForARateThatWasNotReached) {
  EXPECT_FALSE(has<RateNotReached>(open_loop(19'450)));
  EXPECT_TRUE(has<RateNotReached>(open_loop(19'430)));
}

TEST(Summary, TellsUnsentRequestsFromFailedOnes) {
  Summary summary = open_loop();
  add_error(summary, ErrorKind::unsent);
  EXPECT_TRUE(has<Unsent>(summary));
  EXPECT_FALSE(has<RequestsFailed>(summary));
  EXPECT_DOUBLE_EQ(summary.client_cpu_us_per_request(), 150);
  add_error(summary, ErrorKind::timeout);
  EXPECT_TRUE(holds(text(summary), "1 of 20,001 requests failed")) << text(summary);
  EXPECT_TRUE(holds(text(summary), "1 of 20,002 requests were never sent")) << text(summary);
}

TEST(Summary, WarnsOfARateThatWasNotSteady) {
  Summary summary = two_connections();
  for (int number = 0; number < 10; ++number) {
    summary.seconds.push_back({number < 5 ? 1000U : 3000U, 0, {}});
  }
  EXPECT_TRUE(has<NotSteady>(summary));
  summary.asked = Rate{.per_second = 1000, .per_second_at_end = 3000};
  EXPECT_FALSE(has<NotSteady>(summary));  // it was to grow
  summary.asked->per_second = 3000;
  EXPECT_TRUE(has<NotSteady>(summary));
}

TEST(Summary, WarnsWhenLittlesLawDoesNotHold) {
  EXPECT_FALSE(has<LittlesLawOff>(two_connections(19'700)));
  EXPECT_TRUE(has<LittlesLawOff>(two_connections(19'500)));
  EXPECT_TRUE(has<LittlesLawOff>(two_connections(20'500)));
}

TEST(Summary, CountsEveryRequestUnderWayForLittlesLaw) {
  Summary summary = two_connections();
  summary.pipeline = 2;
  EXPECT_TRUE(has<LittlesLawOff>(summary));
  summary.connections = 1;
  EXPECT_FALSE(has<LittlesLawOff>(summary));
}

TEST(Summary, DoesNotJudgeLittlesLawByFewRequestsOrByOnesThatFailedOrInAnOpenLoop) {
  EXPECT_FALSE(has<LittlesLawOff>(two_connections(150)));
  Summary counted = two_connections(19'500);
  counted.by_duration = false;
  EXPECT_FALSE(has<LittlesLawOff>(counted));
  Summary failing = two_connections(19'500);
  add_error(failing, ErrorKind::reset);
  EXPECT_FALSE(has<LittlesLawOff>(failing));
  EXPECT_TRUE(has<RequestsFailed>(failing));
  Summary idle = open_loop();
  idle.connections = 64;
  EXPECT_FALSE(has<LittlesLawOff>(idle));
}

TEST(Summary, SaysThatItWasCutShort) {
  Summary summary = two_connections();
  summary.cut = true;
  EXPECT_TRUE(holds(text(summary), "cut short after 10.0 s"));
}

TEST(Summary, MergesIntoWhatOneAgentWouldHaveMeasured) {
  Summary one = open_loop(20'000);
  Summary other = open_loop(10'000);
  one.seconds = {{10, 0, {}}};
  other.seconds = {{5, 1, {}}, {7, 0, {}}};
  other.offered = 1000;
  other.duration = seconds(11);
  other.cut = true;
  one.ceiling = other.ceiling = 50'000;
  one.tally.closed = 2;
  other.tally.closed = 3;
  one.merge(other);
  EXPECT_EQ(one.tally.requests, 30'000U);
  EXPECT_EQ(one.tally.closed, 5U);
  EXPECT_EQ(one.tally.pacing.count(), 30'000U);
  EXPECT_EQ(one.seconds.size(), 2U);
  EXPECT_EQ(one.seconds[0].requests, 15U);
  EXPECT_EQ(one.connections, 4U);
  EXPECT_EQ(one.threads.size(), 2U);
  EXPECT_EQ(one.offered, 3000);
  EXPECT_EQ(one.ceiling, 100'000);
  EXPECT_EQ(one.duration, seconds(11));
  EXPECT_TRUE(one.cut);
}

TEST(Summary, HasNoCeilingWhereOneOfTheAgentsHasNone) {
  Summary one = two_connections(1);
  one.ceiling = 50'000;
  one.merge(two_connections(1));
  EXPECT_EQ(one.ceiling, std::nullopt);
  EXPECT_EQ(one.offered, std::nullopt);
}

TEST(Summary, TellsTheWaitOfTheWorstThreadOrOfNone) {
  Summary summary = two_connections();
  EXPECT_EQ(summary.client_wait(), std::nullopt);
  summary.threads = {{.wall = seconds(10), .waiting = seconds(1)},
                     {.wall = seconds(10), .waiting = seconds(3)}};
  EXPECT_DOUBLE_EQ(*summary.client_wait(), 0.3);
  summary.threads.push_back({.wall = seconds(10)});
  EXPECT_EQ(summary.client_wait(), std::nullopt);
}

TEST(Summary, IsAsWarmAndAsStillAsTheWorstOfItsAgents) {
  Summary one = two_connections();
  one.warm_up = seconds(2);
  one.longest_gap = milliseconds(3);
  Summary other = two_connections();
  other.warm_up = seconds(3);
  other.longest_gap = milliseconds(9);
  other.is_steady = false;
  one.merge(other);
  EXPECT_EQ(one.warm_up, seconds(3));
  EXPECT_EQ(one.longest_gap, milliseconds(9));
  EXPECT_FALSE(one.is_steady);
  other.longest_gap.reset();
  one.merge(other);
  EXPECT_EQ(one.longest_gap, std::nullopt);
}

TEST(Summary, WarnsOfALoadThatNeverBecameSteadyUnlessItWasNotMeasured) {
  Summary summary = two_connections();
  EXPECT_FALSE(has<NotWarmedUp>(summary));
  summary.is_steady = false;
  EXPECT_TRUE(has<NotWarmedUp>(summary));
  summary.duration = nanoseconds(0);
  EXPECT_FALSE(has<NotWarmedUp>(summary));
}

}  // namespace
}  // namespace assay::load
