#include "harness/lab/trial/trial_gates.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

// 16 connections for 10 s at 16,000 a second, of 1 ms each: nothing speaks against it.
Trial clean() {
  Trial trial;
  trial.requests = 160'000;
  trial.duration_s = 10;
  trial.rate = 16'000;
  trial.latency_us.mean = 1000;
  trial.latency_us.p50 = 900;
  trial.latency_us.max = 2000;
  trial.client_cpu = 0.5;
  trial.client_wait = 0.2;
  trial.longest_gap_ms = 20;
  trial.server_cpu_us_per_request = 30;
  trial.conditions = Conditions{};
  trial.conditions->seconds = 10;
  trial.conditions->steal = 0;
  trial.conditions->foreign_cores = 0.01;
  return trial;
}

Asked as_asked() { return {16, true, true, false, 10.0, 2}; }

// One line for each flaw: "host: text".
std::string lines(const std::vector<Flaw>& flaws) {
  std::string all;
  for (const Flaw& flaw : flaws) all += std::string(text(flaw.of)) + ": " + flaw.text + "\n";
  return all;
}
std::string reasons(const Trial& trial, const Asked& asked = as_asked()) {
  return lines(judged(trial, asked).reasons);
}
std::string warnings(const Trial& trial, const Asked& asked = as_asked()) {
  return lines(judged(trial, asked).warnings);
}

TEST(TrialGates, SaysNothingOfACleanTrial) {
  EXPECT_EQ(reasons(clean()), "");
  EXPECT_EQ(warnings(clean()), "");
}

TEST(TrialGates, AnythingThatTheSystemDoesNotTellIsNotHeldAgainstATrial) {
  Trial trial = clean();
  trial.conditions = Conditions{};
  trial.conditions->seconds = 10;
  trial.client_wait.reset();
  trial.longest_gap_ms.reset();
  EXPECT_EQ(reasons(trial) + warnings(trial), "");
  trial.conditions.reset();
  EXPECT_EQ(reasons(trial) + warnings(trial), "");
}

TEST(TrialGates, MoreThanOnePercentStolenIsTheHostsFault) {
  Trial trial = clean();
  trial.conditions->steal = 0.0104;  // a tick of 10 ms is 0.0005 of two cores' 10 s
  EXPECT_EQ(reasons(trial), "");
  trial.conditions->steal = 0.0106;
  EXPECT_EQ(reasons(trial), "host: the hypervisor took more than 1 % of the cores' time\n");
}

TEST(TrialGates, ForeignLoadIsTheHostsFaultAsFarAsTheClockTellsIt) {
  EXPECT_DOUBLE_EQ(foreign_limit(10), 0.022);
  EXPECT_DOUBLE_EQ(foreign_limit(0.5), 0.06);
  Trial trial = clean();
  trial.conditions->foreign_cores = 0.0219;
  EXPECT_EQ(reasons(trial), "");
  trial.conditions->foreign_cores = 0.0221;
  EXPECT_EQ(reasons(trial), "host: foreign load: other programs used more than 2 % of a core\n");
  EXPECT_EQ(warnings(trial), "host: foreign load of 2 % of a core\n");
  trial.conditions->seconds = 0.5;
  EXPECT_EQ(reasons(trial), "");
}

TEST(TrialGates, AThrottledProcessorIsWarnedOf) {
  Trial trial = clean();
  trial.conditions->throttled = 0;
  EXPECT_EQ(warnings(trial), "");
  trial.conditions->throttled = 1;
  EXPECT_EQ(warnings(trial),
            "host: the processor was slowed down for its heat while it was measured\n");
  EXPECT_EQ(reasons(trial), "");
}

TEST(TrialGates, AClientThatGetsATenthOfACoreIsStarved) {
  Trial trial = clean();
  trial.client_wait = 0.68;  // beside 32 busy threads
  EXPECT_EQ(reasons(trial), "");
  trial.client_wait = 0.80;
  EXPECT_EQ(reasons(trial), "");
  trial.client_wait = 0.81;
  EXPECT_EQ(reasons(trial),
            "client: the client was starved: it waited for a core most of the time\n");
}

TEST(TrialGates, AClientThatWasStoppedFor200MillisecondsStoodStill) {
  Trial trial = clean();
  trial.longest_gap_ms = 150;
  EXPECT_EQ(reasons(trial), "");
  trial.longest_gap_ms = 195;
  EXPECT_EQ(reasons(trial),
            "client: the client stood still: for so long nothing was sent or timed\n");
}

// The clean one as an open loop, whose p50 is 900 us.
Trial open_loop(double rate) {
  Trial trial = clean();
  trial.asked_rate = 16'000;
  trial.rate = rate;
  trial.lag_p99_us = 50;
  return trial;
}

TEST(TrialGates, ARateThatTheServerDidNotReachIsWarnedOf) {
  EXPECT_EQ(warnings(open_loop(15'840)), "");
  EXPECT_EQ(warnings(open_loop(15'839)),
            "server: the rate was not reached: the server did not keep up with it\n");
  EXPECT_EQ(reasons(open_loop(15'839)), "");
}

TEST(TrialGates, ARateThatTheClientDidNotReachIsItsFault) {
  const std::string reason =
      "client: the rate was not reached: the client did not keep up with it\n";
  Trial trial = open_loop(15'000);
  trial.lag_p99_us = 100;  // the greater of that and a tenth of the p50
  EXPECT_EQ(reasons(trial), "");
  trial.lag_p99_us = 101;
  EXPECT_EQ(reasons(trial), reason);
  trial.latency_us.p50 = 2000;
  trial.lag_p99_us = 200;
  EXPECT_EQ(reasons(trial), "");
  trial.lag_p99_us = 201;
  EXPECT_EQ(reasons(trial), reason);
  trial.lag_p99_us = 50;
  trial.client_cpu = 0.86;
  EXPECT_EQ(reasons(trial), reason);
}

TEST(TrialGates, LateSendsAtARateThatWasReachedAreWarnedOf) {
  Trial trial = open_loop(16'000);
  trial.lag_p99_us = 101;
  EXPECT_EQ(warnings(trial), "client: the client sent late: latencies hold what it was late by\n");
  EXPECT_EQ(reasons(trial), "");
}

// Of 160,000 arrivals by chance, four standard errors are 1,600.
TEST(TrialGates, ArrivalsByChanceMayBeFewerThanTheRateAsksFor) {
  Asked asked = as_asked();
  asked.is_by_chance = true;
  Trial trial = open_loop(15'839);
  EXPECT_EQ(warnings(trial, asked),
            "server: the rate was not reached: the server did not keep up with it\n");
  trial.asked_rate = 160;
  trial.rate = 145;  // 150 of 1,600 are missing; by chance 160 may be
  EXPECT_EQ(warnings(trial, asked), "");
  EXPECT_NE(warnings(trial, as_asked()), "");
  trial.rate = 143;  // 170
  EXPECT_NE(warnings(trial, asked), "");
}

constexpr auto fewer =
    "client: Little's law off: fewer connections were at work than were asked for\n";

// Within 2 % and what may be under way at the end: 2 ms of 10 s, 0.02 %.
TEST(TrialGates, LatenciesMustAccountForTheConnections) {
  Trial trial = clean();
  trial.latency_us.mean = 980;  // -2 %
  EXPECT_EQ(reasons(trial), "");
  trial.latency_us.mean = 979;
  EXPECT_EQ(reasons(trial), fewer);
  trial.latency_us.mean = 1020;
  EXPECT_EQ(reasons(trial), "");
  trial.latency_us.mean = 1021;
  EXPECT_EQ(reasons(trial),
            "client: Little's law off: the latencies are longer than the rate allows\n");
  EXPECT_EQ(warnings(trial), "");
}

TEST(TrialGates, HalfOfTheConnectionsLostAreCounted) {
  Trial trial = clean();
  trial.rate = 8000;
  EXPECT_EQ(reasons(trial), fewer);
  EXPECT_EQ(warnings(trial), "client: about 8 of 16 connections were at work\n");
  trial.latency_us.max = 10e6;  // however long one reply took
  EXPECT_EQ(reasons(trial), fewer);
}

// A timeout stands in the latencies with its time, so that Little's law is kept.
TEST(TrialGates, ConnectionsThatWereNeverAnsweredAreLostByTheServer) {
  Trial trial = clean();
  trial.errors["timeout"] = 8;
  EXPECT_EQ(reasons(trial),
            "server: connections were lost: the server left their requests unanswered\n");
  EXPECT_EQ(warnings(trial), "server: about 8 of 16 connections were at work\n");
  trial.errors["timeout"] = 2;
  EXPECT_EQ(warnings(trial), "server: about 14 of 16 connections were at work\n");
  trial.errors["timeout"] = 1;  // below a tenth of them
  EXPECT_EQ(reasons(trial) + warnings(trial), "");
  trial.errors = {{"reset", 8}};  // that is an answer, in its way
  EXPECT_EQ(reasons(trial) + warnings(trial), "");
  trial.errors = {{"timeout", 1000}};  // that many say enough by themselves
  EXPECT_EQ(reasons(trial) + warnings(trial), "");
}

TEST(TrialGates, WhatMayBeUnderWayAtTheEndIsAllowedFor) {
  Trial trial = clean();
  trial.latency_us.mean = 950;
  EXPECT_EQ(reasons(trial), fewer);
  trial.latency_us.max = 310'000;  // 3.1 % of 10 s
  EXPECT_EQ(reasons(trial), "");
  trial.latency_us.max = 290'000;
  EXPECT_EQ(reasons(trial), fewer);
}

TEST(TrialGates, ConnectionsForOneRequestEachMayIdleBetween) {
  Asked asked = as_asked();
  asked.keep_alive = false;
  Trial trial = clean();
  trial.latency_us.mean = 951;
  EXPECT_EQ(reasons(trial, asked), "");
  trial.latency_us.mean = 949;
  EXPECT_EQ(reasons(trial, asked), fewer);
}

TEST(TrialGates, ConnectionsThatTheServerClosesMayIdleBetweenToo) {
  Trial trial = clean();
  trial.latency_us.mean = 951;
  trial.closed = trial.requests / 2;  // some do so after so many requests
  EXPECT_EQ(reasons(trial), fewer);
  trial.closed = trial.requests;
  EXPECT_EQ(reasons(trial), "");
  EXPECT_EQ(warnings(trial),
            "server: the server closed the connections that it was asked to keep\n");
}

TEST(TrialGates, LittlesLawIsOfLongClosedLoopsByOurClient) {
  Trial trial = clean();
  trial.latency_us.mean = 500;
  EXPECT_EQ(reasons(trial), fewer);
  Asked asked = as_asked();
  asked.is_our_client = false;
  EXPECT_EQ(reasons(trial, asked), "");
  asked = as_asked();
  asked.seconds.reset();
  EXPECT_EQ(reasons(trial, asked), "");
  trial.requests = 1600;
  EXPECT_EQ(reasons(trial), fewer);
  trial.requests = 1599;
  EXPECT_EQ(reasons(trial), "");
  trial.requests = 160'000;
  trial.asked_rate = 16'000;
  EXPECT_EQ(reasons(trial), "");
}

TEST(TrialGates, ATrialThatWasCutIsNotUsed) {
  Trial trial = clean();
  trial.duration_s = 9;
  EXPECT_EQ(reasons(trial), "");
  trial.duration_s = 8.99;
  EXPECT_EQ(reasons(trial), "client: measured for less than 90 % of the time asked\n");
  Asked asked = as_asked();
  asked.seconds.reset();
  EXPECT_EQ(reasons(trial, asked), "");
}

TEST(TrialGates, ATrialThatNeverSettledIsWarnedOf) {
  Trial trial = clean();
  trial.steady = false;
  EXPECT_EQ(warnings(trial),
            "server: not steady: the load had not settled in the time that it had to warm up\n");
  EXPECT_EQ(reasons(trial), "");
}

// 16 connections whose replies take 40 ms: 400 a second.
Trial delayed(double p50_us) {
  Trial trial = clean();
  trial.latency_us = {};
  trial.latency_us.p50 = p50_us;
  trial.latency_us.mean = p50_us;
  trial.latency_us.max = p50_us;
  trial.rate = 16e6 / p50_us;
  trial.requests = static_cast<std::uint64_t>(trial.rate * 10);
  return trial;
}

TEST(TrialGates, RepliesThatTake40Or200MillisecondsLookLikeDelayedAcknowledgements) {
  const std::string warning =
      "server: half of the replies took {} ms while the server was idle: "
      "this looks like delayed acknowledgements\n";
  const auto of = [&](const std::string& delay) {
    return std::string(warning).replace(warning.find("{}"), 2, delay);
  };
  EXPECT_EQ(warnings(delayed(35'900)), "");
  EXPECT_EQ(warnings(delayed(36'100)), of("40"));
  EXPECT_EQ(warnings(delayed(43'900)), of("40"));
  EXPECT_EQ(warnings(delayed(44'100)), "");
  EXPECT_EQ(warnings(delayed(179'000)), "");
  EXPECT_EQ(warnings(delayed(181'000)), of("200"));
  EXPECT_EQ(warnings(delayed(221'000)), "");
}

TEST(TrialGates, ABusyServerMayTake40Milliseconds) {
  Trial trial = delayed(40'000);
  trial.server_cpu_us_per_request = 1240;  // 0.496 of a core: half of it is queueing at most
  EXPECT_NE(warnings(trial), "");
  trial.server_cpu_us_per_request = 1260;
  EXPECT_EQ(warnings(trial), "");
  trial.rate = 20;
  trial.asked_rate = 20;
  trial.server_cpu_us_per_request = 3900;
  EXPECT_NE(warnings(trial), "");
  trial.server_cpu_us_per_request = 4100;
  EXPECT_EQ(warnings(trial), "");
}

TEST(TrialGates, NothingIsSaidOfFiguresThatThereAreNot) {
  Trial trial = clean();
  trial.requests = 0;
  trial.duration_s = 0;
  trial.rate = 0;
  trial.latency_us = {};
  EXPECT_EQ(reasons(trial) + warnings(trial), "");
}

TEST(TrialGates, AnotherProgramThanTheFirstIsNotTriedAgain) {
  EXPECT_FALSE(swapped_program("", "a"));
  EXPECT_FALSE(swapped_program("a", "a"));
  ASSERT_TRUE(swapped_program("a", "b"));
  EXPECT_EQ(lines({*swapped_program("a", "b")}),
            "server: the server's program is not the one that this run began with\n");
  EXPECT_TRUE(swapped_program("a", ""));
}

}  // namespace
}  // namespace assay::lab
