#include <cstdint>
#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "harness/load/loop/run.h"
#include "harness/load/socket/scripted_server.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using Answer = ScriptedServer::Answer;
using Then = Answer::Then;

Job job_at(const ScriptedServer& server, double rate, std::uint64_t requests) {
  Job job;
  job.target.port = server.port();
  job.expectation = {200, "text/plain", "hello", nullptr};
  job.connections = 4;
  job.rate = Rate{rate, rate};
  job.requests = requests;
  job.timeout = minutes(1);
  return job;
}

Summary measured(const Job& job, const Watch& watch = {}) {
  const Stop stop;
  const Result<Summary> summary = run(job, stop, watch);
  EXPECT_TRUE(summary.has_value()) << summary.error().what();
  return summary ? *summary : Summary();
}

Answer hello(std::size_t) { return {right_reply("hello")}; }

TEST(OpenLoop, SendsEachRequestThatIsDueOnce) {
  const ScriptedServer server(hello);
  const Summary summary = measured(job_at(server, 1000, 200));
  EXPECT_EQ(server.requests(), 200U);
  EXPECT_EQ(summary.tally.requests, 200U);
  EXPECT_EQ(summary.tally.errors.total(), 0U);
  EXPECT_EQ(summary.tally.latency.count(), 200U);
  EXPECT_EQ(summary.tally.wire_latency.count(), 200U);
  EXPECT_EQ(summary.tally.lag.count(), 200U);
  EXPECT_EQ(summary.tally.first_byte.count(), 200U);
  EXPECT_EQ(summary.offered, 1000);
  // The last is due after 199 ms, and none is sent before it is due.
  EXPECT_GE(summary.duration, milliseconds(199));
}

TEST(OpenLoop, ConnectsBeforeItBeginsAndUsesAllConnections) {
  const ScriptedServer server(hello);
  Job job = job_at(server, 1000, 40);
  job.connections = 10;
  // Nothing is sent before it returns. One connection asked whether somebody listens.
  const auto look = [&] {
    while (server.connections() < 11) std::this_thread::yield();
    return Clock::now();
  };
  EXPECT_EQ(measured(job, {.start = look}).tally.requests, 40U);
  EXPECT_EQ(server.connections(), 11U);
}

TEST(OpenLoop, SharesOneScheduleAmongThreads) {
  const ScriptedServer server(hello);
  Job job = job_at(server, 2000, 301);
  job.threads = 3;
  const Summary summary = measured(job);
  EXPECT_EQ(server.requests(), 301U);
  EXPECT_EQ(summary.tally.requests, 301U);
  EXPECT_EQ(summary.threads.size(), 3U);
}

TEST(OpenLoop, WaitsForThoseThatAreDueInItsTimeHoweverLateTheyEnd) {
  const ScriptedServer server(
      [](std::size_t) { return Answer{right_reply("hello"), {}, milliseconds(300)}; });
  Job job = job_at(server, 20, 0);
  job.requests.reset();
  job.duration = milliseconds(200);  // due at 0, 50, 100, 150 ms
  const Summary summary = measured(job);
  EXPECT_EQ(server.requests(), 4U);
  EXPECT_EQ(summary.tally.requests, 4U);
  EXPECT_FALSE(summary.cut);
}

// One connection and a reply that takes 200 ms, so of the 20 due in 400 ms two or three are sent.
TEST(OpenLoop, CountsWhatFoundNoConnectionFreeWithHowLongItWaited) {
  const ScriptedServer server(
      [](std::size_t) { return Answer{right_reply("hello"), {}, milliseconds(200)}; });
  Job job = job_at(server, 50, 0);
  job.connections = 1;
  job.requests.reset();
  job.duration = milliseconds(400);
  const Summary summary = measured(job);
  const Tally& tally = summary.tally;
  EXPECT_EQ(tally.ended(), 20U);
  EXPECT_EQ(tally.requests, server.requests());
  EXPECT_EQ(tally.errors[ErrorKind::unsent], 20 - server.requests());
  EXPECT_GE(tally.errors[ErrorKind::unsent], 10U);
  EXPECT_EQ(tally.latency.count(), 20U);
  EXPECT_EQ(tally.lag.count(), tally.requests);
  // The fourth of them was due at 60 ms at the latest and waited from then to the end.
  EXPECT_GE(tally.latency.max(), milliseconds(300));
}

// Those behind a reply that takes 300 ms are due every 10 ms and wait for it, which its own latency
// does not show.
TEST(OpenLoop, TimesFromWhenARequestWasDueAndFromWhenItWasSent) {
  const ScriptedServer server([](std::size_t number) {
    return Answer{right_reply("hello"), {}, milliseconds(number == 0 ? 300 : 0)};
  });
  Job job = job_at(server, 100, 20);
  job.connections = 1;
  const Tally tally = measured(job).tally;
  EXPECT_EQ(tally.requests, 20U);
  EXPECT_GE(tally.latency.percentile(0.5), milliseconds(150));
  EXPECT_GE(tally.lag.percentile(0.5), milliseconds(150));
  EXPECT_GE(tally.wire_latency.max(), milliseconds(300));
  EXPECT_LT(tally.wire_latency.percentile(0.5), tally.latency.percentile(0.5));
}

TEST(OpenLoop, GivesUpWhatWaitsLongerThanAReplyMay) {
  const ScriptedServer server([](std::size_t) { return Answer{"", Then::hold}; });
  Job job = job_at(server, 1000, 30);
  job.connections = 1;
  job.timeout = milliseconds(100);
  const Summary summary = measured(job);
  EXPECT_EQ(summary.tally.ended(), 30U);
  EXPECT_GE(summary.tally.errors[ErrorKind::timeout], 1U);
  EXPECT_GE(summary.tally.errors[ErrorKind::unsent], 1U);
  EXPECT_EQ(summary.tally.requests, 0U);
  EXPECT_GE(summary.tally.latency.min(), milliseconds(100));
}

TEST(OpenLoop, CountsAllThatWereDueWhenTheServerHasGone) {
  auto server = std::make_unique<ScriptedServer>(hello);
  const auto close = [&] {
    server.reset();
    return Clock::now();
  };
  const Job job = job_at(*server, 500, 100);
  const Stop stop;
  const Result<Summary> summary = run(job, stop, {.start = close});
  if (!summary) return;  // not one could be sent, and that is said
  EXPECT_EQ(summary->tally.requests, 0U);
  EXPECT_EQ(summary->tally.errors.total(), 100U);
}

TEST(OpenLoop, BeginsWhenItIsToldTo) {
  const ScriptedServer server(hello);
  TimePoint start;
  const auto soon = [&] {
    EXPECT_EQ(server.requests(), 0U);
    start = Clock::now() + milliseconds(50);
    return start;
  };
  const Summary summary = measured(job_at(server, 1000, 10), {.start = soon});
  EXPECT_EQ(summary.tally.requests, 10U);
  EXPECT_GE(Clock::now(), start + milliseconds(9));
}

TEST(OpenLoop, GivesWhatWasMeasuredWhenItIsStopped) {
  const ScriptedServer server(hello);
  Job job = job_at(server, 200, 0);
  job.requests.reset();
  job.duration = minutes(5);
  Stop stop;
  const auto stop_soon = [&](const Progress& progress) {
    if (progress.requests > 0) stop.request();
  };
  const Result<Summary> summary = run(job, stop, {.progress = stop_soon});
  ASSERT_TRUE(summary.has_value());
  EXPECT_TRUE(summary->cut);
  EXPECT_GT(summary->tally.requests, 0U);
  EXPECT_LT(summary->tally.ended(), 200U * 60);
}

TEST(OpenLoop, TellsOfEverySecondWhatItTellsOfAll) {
  const ScriptedServer server(hello);
  Job job = job_at(server, 300, 0);
  job.requests.reset();
  job.duration = milliseconds(2500);
  const Summary summary = measured(job);
  ASSERT_EQ(summary.seconds.size(), 3U);
  Second all;
  for (const Second& second : summary.seconds) all.merge(second);
  EXPECT_EQ(all.requests, 750U);
  EXPECT_EQ(all.latency, summary.tally.latency.compact());
}

}  // namespace
}  // namespace assay::load
