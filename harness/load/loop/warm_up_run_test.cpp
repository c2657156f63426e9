// A warm-up that goes on until the load is steady, put on servers whose speed is scripted.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "harness/load/loop/run.h"
#include "harness/load/socket/scripted_server.h"
#include "harness/load/watch/core_wait.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using Answer = ScriptedServer::Answer;

// Replies after times that two noisy cores cannot disturb much: 4 connections, 20 ms each.
constexpr milliseconds pace(20);

Job job_for(const ScriptedServer& server, nanoseconds warm_up, nanoseconds most) {
  Job job;
  job.target.port = server.port();
  job.expectation = {200, "text/plain", "hello", nullptr};
  job.connections = 4;
  job.threads = 2;
  job.warm_up = warm_up;
  job.warm_up_most = most;
  job.duration = milliseconds(300);
  return job;
}

Summary measured(const Job& job, const Watch& watch = {}) {
  const Stop stop;
  const Result<Summary> summary = run(job, stop, watch);
  EXPECT_TRUE(summary.has_value()) << summary.error().what();
  return summary ? *summary : Summary();
}

Answer steadily(std::size_t) { return {right_reply("hello"), {}, pace}; }

// Ten times as slow in its first half second as later.
ScriptedServer::Script warming_up() {
  const auto first = std::make_shared<std::atomic<TimePoint::rep>>(0);
  return [first](std::size_t) {
    const TimePoint::rep now = Clock::now().time_since_epoch().count();
    TimePoint::rep began = 0;
    if (first->compare_exchange_strong(began, now)) began = now;
    const bool is_cold = nanoseconds(now - began) < milliseconds(500);
    return Answer{right_reply("hello"), {}, is_cold ? 10 * pace : pace};
  };
}

// Fast for two slices, a hundred times as slow for the next two, and so on.
ScriptedServer::Script never_steady() {
  return [](std::size_t) {
    const bool is_slow = Clock::now().time_since_epoch() / milliseconds(200) % 2 == 1;
    return Answer{right_reply("hello"), {}, milliseconds(is_slow ? 40 : 0)};
  };
}

bool says_not_warmed_up(const Summary& summary) {
  const auto warnings = summary.warnings();
  return std::any_of(warnings.begin(), warnings.end(), [](const Warning& warning) {
    return std::holds_alternative<NotWarmedUp>(warning);
  });
}

TEST(WarmUpRun, EndsAtOnceWhenTheLoadIsSteadyAtOnce) {
  const ScriptedServer server(steadily);
  const Summary summary = measured(job_for(server, milliseconds(300), minutes(5)));
  EXPECT_TRUE(summary.is_steady);
  EXPECT_GE(summary.warm_up, milliseconds(300));
  EXPECT_LT(summary.warm_up, minutes(1));
  EXPECT_EQ(summary.duration, milliseconds(300));
  EXPECT_GT(summary.tally.requests, 0U);
  EXPECT_FALSE(says_not_warmed_up(summary));
}

// Its slow replies are over when it is measured, and none of them is counted.
TEST(WarmUpRun, GoesOnUntilTheServerIsWarm) {
  const ScriptedServer server(warming_up());
  const Summary summary = measured(job_for(server, milliseconds(0), minutes(5)));
  EXPECT_TRUE(summary.is_steady);
  EXPECT_GE(summary.warm_up, milliseconds(700));
  EXPECT_LT(summary.tally.latency.percentile(0.5), 5 * pace);
}

TEST(WarmUpRun, IsCutOffAtItsMostAndTheRestIsMeasuredInFull) {
  const ScriptedServer server(never_steady());
  Job job = job_for(server, milliseconds(0), milliseconds(600));
  job.duration = milliseconds(1500);
  const Summary summary = measured(job);
  EXPECT_FALSE(summary.is_steady);
  EXPECT_EQ(summary.warm_up, milliseconds(600));
  EXPECT_EQ(summary.duration, milliseconds(1500));
  EXPECT_EQ(summary.seconds.size(), 2U);
  EXPECT_GT(summary.tally.requests, 0U);
  EXPECT_TRUE(says_not_warmed_up(summary));
  EXPECT_FALSE(summary.cut);
}

// It was at its most before its third slice was over.
TEST(WarmUpRun, IsJudgedInTheEndWhenItIsAtItsMost) {
  const ScriptedServer server(steadily);
  const Summary summary = measured(job_for(server, milliseconds(300), milliseconds(300)));
  EXPECT_TRUE(summary.is_steady);
  EXPECT_EQ(summary.warm_up, milliseconds(300));
}

// The rate is what was asked for all along; each reply takes a tenth of the time since the first.
TEST(WarmUpRun, IsNotSteadyWhileLatenciesGrow) {
  const TimePoint began = Clock::now();
  const ScriptedServer server([began](std::size_t) {
    const auto delay = (Clock::now() - began) / 10;
    return Answer{right_reply("hello"), {}, std::chrono::floor<milliseconds>(delay)};
  });
  Job job = job_for(server, milliseconds(0), milliseconds(600));
  job.connections = 40;
  job.rate = Rate{200, 200};
  EXPECT_FALSE(measured(job).is_steady);
}

TEST(WarmUpRun, KeepsAnOpenLoopGoing) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  Job job = job_for(server, milliseconds(300), minutes(5));
  job.rate = Rate{500, 500};
  job.timeout = minutes(1);
  const Summary summary = measured(job);
  EXPECT_TRUE(summary.is_steady);
  EXPECT_EQ(summary.tally.ended(), 150U);  // those due in 300 ms, whenever that began
  EXPECT_EQ(summary.tally.requests, 150U);
}

// Threads claim the next request early: before it is decided whether it counts.
TEST(WarmUpRun, CountsWhatWasClaimedBeforeTheWindowWasDecided) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  Job job = job_for(server, milliseconds(0), milliseconds(150));
  job.rate = Rate{5, 5};  // at 0, 200 and 400 ms; the window is from 150 to 450
  EXPECT_EQ(measured(job).tally.requests, 2U);
  EXPECT_EQ(server.requests(), 3U);
}

TEST(WarmUpRun, SendsNothingThatWasClaimedAndLiesBehindTheWindow) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  Job job = job_for(server, milliseconds(0), milliseconds(150));
  job.rate = Rate{2, 2};  // at 0, 500 and 1000 ms; the window is from 150 to 250
  job.duration = milliseconds(100);
  EXPECT_EQ(measured(job).tally.ended(), 0U);
  EXPECT_EQ(server.requests(), 1U);
}

TEST(WarmUpRun, TellsWhenItsWindowBegins) {
  const ScriptedServer server(steadily);
  std::vector<TimePoint> told;
  const auto measuring = [&](TimePoint begin) { told.push_back(begin); };
  TimePoint started;
  const auto start = [&] { return started = Clock::now() + milliseconds(20); };
  const Summary summary = measured(job_for(server, milliseconds(300), minutes(5)),
                                   {.start = start, .measuring = measuring});
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0] - started, summary.warm_up);
}

TEST(WarmUpRun, TellsWhenTheWindowOfAFixedWarmUpBegins) {
  const ScriptedServer server(steadily);
  Job job = job_for(server, milliseconds(100), minutes(5));
  job.warm_up_most.reset();
  std::vector<TimePoint> told;
  TimePoint started;
  const auto start = [&] { return started = Clock::now() + milliseconds(20); };
  const auto measuring = [&](TimePoint begin) { told.push_back(begin); };
  const Summary summary = measured(job, {.start = start, .measuring = measuring});
  EXPECT_EQ(told, std::vector{started + milliseconds(100)});
  EXPECT_EQ(summary.warm_up, milliseconds(100));
  EXPECT_TRUE(summary.is_steady);
}

Summary stopped_while_warming_up(const Job& job, std::size_t& told) {
  Stop stop;
  const auto stop_soon = [&](const Progress& progress) {
    EXPECT_FALSE(progress.warm_up);
    stop.request();
  };
  const auto measuring = [&](TimePoint) { ++told; };
  const Result<Summary> summary = run(job, stop, {.progress = stop_soon, .measuring = measuring});
  EXPECT_TRUE(summary.has_value());
  return summary ? *summary : Summary();
}

TEST(WarmUpRun, MeasuresNothingWhenItIsStoppedWhileItWarmsUp) {
  const ScriptedServer server(steadily);
  Job job = job_for(server, minutes(1), minutes(5));
  for (const bool is_open_loop : {false, true}) {
    if (is_open_loop) job.rate = Rate{500, 500};
    std::size_t told = 0;
    const Summary summary = stopped_while_warming_up(job, told);
    EXPECT_TRUE(summary.cut);
    EXPECT_EQ(summary.duration, nanoseconds(0));
    EXPECT_EQ(summary.tally.ended(), 0U);
    EXPECT_FALSE(summary.is_steady);
    EXPECT_GT(summary.warm_up, nanoseconds(0));
    EXPECT_LT(summary.warm_up, minutes(1));
    EXPECT_FALSE(says_not_warmed_up(summary));
    EXPECT_EQ(told, 0U);
  }
}

TEST(WarmUpRun, IsFixedInARunOfNRequests) {
  const ScriptedServer server(never_steady());
  Job job = job_for(server, milliseconds(50), minutes(5));
  job.requests = 10;
  const Summary summary = measured(job);
  EXPECT_EQ(summary.warm_up, milliseconds(50));
  EXPECT_EQ(summary.tally.requests, 10U);
  EXPECT_TRUE(summary.is_steady);
}

TEST(WarmUpRun, IsRefusedWhereItsEndCouldNotBeOurs) {
  const auto refused = [](auto change) {
    Job job;
    job.warm_up = std::chrono::seconds(2);
    job.warm_up_most = std::chrono::seconds(5);
    change(job);
    const Result<Summary> summary = run(job, Stop());
    return summary ? "" : summary.error().what();
  };
  EXPECT_EQ(refused([](Job& job) { job.warm_up_most = std::chrono::seconds(1); }),
            "a warm-up of 2 s at least cannot take 1 s at most");
  EXPECT_EQ(refused([](Job& job) { job.share = {0, 2}; }),
            "--warm-up-most and a load shared among agents exclude each other");
  EXPECT_EQ(refused([](Job& job) { job.rate = Rate{10, 20}; }),
            "--warm-up-most and a rate that grows over the measured time exclude each other");
}

TEST(WarmUpRun, TellsOfStandstillsAndOfCoresThatWereMissed) {
  const ScriptedServer server(steadily);
  Job job = job_for(server, milliseconds(0), minutes(5));
  job.warm_up_most.reset();
  const Summary summary = measured(job);
  ASSERT_TRUE(summary.longest_gap);
  EXPECT_GT(*summary.longest_gap, nanoseconds(0));
  EXPECT_LE(*summary.longest_gap, job.duration);
  if (!thread_core_wait()) GTEST_SKIP() << "this system does not tell how long threads wait";
  ASSERT_TRUE(summary.client_wait());
  EXPECT_GE(*summary.client_wait(), 0);
  EXPECT_LT(*summary.client_wait(), 1);
}

}  // namespace
}  // namespace assay::load
