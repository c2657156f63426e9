// The controller with agents that are programs of their own, most of which misbehave.
#include "harness/agents/agents.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>

#include <gtest/gtest.h>

#include "harness/load/socket/descriptor.h"
#include "harness/load/socket/readiness.h"

namespace assay::agents {
namespace {

using load::Job;
using load::Stop;
using std::chrono::milliseconds;
using std::chrono::minutes;

// So that a busy machine is no cause: what is awaited here comes, or never does.
const Patience long_patience{minutes(1), minutes(1), minutes(1), std::chrono::seconds(1),
                             minutes(1), minutes(1)};

std::string scripted(std::string_view manner) {
  return std::string(ASSAY_SCRIPTED_AGENT) + " " + std::string(manner);
}

Job a_job() {
  Job job;
  job.connections = 7;
  return job;
}

std::string trouble_of(const std::vector<std::string>& commands,
                       const Patience& patience = long_patience) {
  const auto result = run(commands, a_job(), Stop(), {}, patience);
  if (!result) return result.error().what();
  return "there was none";
}

TEST(Agents, GiveOneSummaryWithSecondsMergedByNumber) {
  const std::string good = scripted("good");
  const auto summary = run({good, good, good}, a_job(), Stop(), {}, long_patience);
  ASSERT_TRUE(summary.has_value()) << summary.error().what();
  EXPECT_EQ(summary->tally.requests, 100U + 101 + 102);
  EXPECT_EQ(summary->connections, 7U);
  EXPECT_FALSE(summary->cut);
  ASSERT_EQ(summary->seconds.size(), 3U);
  EXPECT_EQ(summary->seconds[0].requests, 30U);
  EXPECT_EQ(summary->seconds[0].errors, 3U);
  EXPECT_EQ(summary->seconds[1].requests, 40U);
  EXPECT_EQ(summary->seconds[2].requests, 30U);
  EXPECT_EQ(summary->seconds[0].latency.count, 3U);
  EXPECT_EQ(summary->seconds[2].latency.min_ns, 30U);
  EXPECT_EQ(summary->tally.latency.count(), 6U);
  EXPECT_EQ(summary->tally.latency.min(), load::nanoseconds(10));
  EXPECT_EQ(summary->tally.latency.max(), load::nanoseconds(30));
}

TEST(Agents, MayBeCommandsOfTheShell) {
  const auto summary =
      run({"MANNER=good; " + scripted("$MANNER")}, a_job(), Stop(), {}, long_patience);
  ASSERT_TRUE(summary.has_value()) << summary.error().what();
  EXPECT_EQ(summary->tally.requests, 100U);
}

TEST(Agents, AreNamedWithTheirLastWordsWhenOneDies) {
  EXPECT_EQ(trouble_of({scripted("runs-on"), scripted("dies"), scripted("runs-on")}),
            "agent 2 of 3 (" + scripted("dies") +
                ") ended before its part was done, with exit status 3; it said last: the last "
                "thing before it died");
}

TEST(Agents, AreNamedWhenTheirProgramIsMissing) {
  const std::string trouble = trouble_of({scripted("runs-on"), "/no/such/program agent"});
  EXPECT_TRUE(
      trouble.starts_with("agent 2 of 2 (/no/such/program agent) ended before its part was "
                          "done, with exit status 127; it said last: "))
      << trouble;
}

TEST(Agents, AreNamedWithTheirOwnSentence) {
  EXPECT_EQ(trouble_of({scripted("refuses")}),
            "agent 1 of 1 (" + scripted("refuses") +
                ") says: nothing answers at 10.0.0.5 port 80: no route");
}

TEST(Agents, AreNamedWhenTheySpeakNonsense) {
  EXPECT_EQ(trouble_of({"echo Welcome to mac1; sleep 60"}),
            "agent 1 of 1 (echo Welcome to mac1; sleep 60) said what is no message of its protocol "
            "(line 1, column 1: a value is expected); it said last: Welcome to mac1");
}

TEST(Agents, AreNamedWhenTheySpeakAtAWrongTime) {
  EXPECT_EQ(trouble_of({R"(echo '{"message":"ready"}'; sleep 60)"}),
            R"(agent 1 of 1 (echo '{"message":"ready"}'; sleep 60) said what is no message of its )"
            R"(protocol (ready without a job); it said last: {"message":"ready"})");
}

TEST(Agents, AreNamedWhenTheirVersionIsAnother) {
  EXPECT_EQ(
      trouble_of(
          {R"(echo '{"message":"hello","version":9,"program":"assay 7","machine":""}'; cat)"}),
      R"(agent 1 of 1 (echo '{"message":"hello","version":9,"program":"assay 7","machine":""}'; )"
      R"(cat) is assay 7, which speaks version 9 of the agents' protocol)");
}

TEST(Agents, AreNamedWhenTheyNeverSayHello) {
  Patience patience = long_patience;
  patience.greeting = milliseconds(100);
  EXPECT_EQ(trouble_of({"sleep 60"}, patience),
            "agent 1 of 1 (sleep 60) gave no hello within 0.1 s");
}

TEST(Agents, AreNamedWhenTheyNeverStandReady) {
  Job job = a_job();
  job.timeout = load::nanoseconds(1);
  Patience patience = long_patience;
  patience.ready = milliseconds(100);
  const auto result = run({scripted("never-ready")}, job, Stop(), {}, patience);
  ASSERT_FALSE(result.has_value());
  const std::string start = "agent 1 of 1 (" + scripted("never-ready") +
                            ") gave no \"ready\" within 0.1 s; it said last: ";
  EXPECT_TRUE(result.error().what().starts_with(start)) << result.error().what();
}

TEST(Agents, AreNamedWhenTheirHeartStops) {
  Patience patience = long_patience;
  patience.heartbeat = std::chrono::seconds(3);
  const std::string trouble = trouble_of({scripted("stops")}, patience);
  const std::string start = "agent 1 of 1 (" + scripted("stops") + ") gave no heartbeat for 3 s";
  EXPECT_TRUE(trouble.starts_with(start)) << trouble;
}

TEST(Agents, AreRefusedWhenTheirClockIsNotKnownWellEnough) {
  const std::string trouble = trouble_of({scripted("is-far")});
  const std::string start = "the clock of agent 1 of 1 (" + scripted("is-far") + ") is known to ";
  EXPECT_TRUE(trouble.starts_with(start)) << trouble;
}

TEST(Agents, AreRefusedWhenOneWasStoppedElsewhere) {
  EXPECT_EQ(trouble_of({scripted("good"), scripted("is-stopped")}),
            "agent 2 of 2 (" + scripted("is-stopped") +
                ") was stopped on its own machine, so part of the load is missing");
}

TEST(Agents, AreCutTogetherByAStop) {
  Stop stop;
  load::Watch watch;
  watch.progress = [&](const load::Progress&) { stop.request(); };
  const auto summary =
      run({scripted("runs-on"), scripted("runs-on")}, a_job(), stop, watch, long_patience);
  ASSERT_TRUE(summary.has_value()) << summary.error().what();
  EXPECT_TRUE(summary->cut);
  EXPECT_EQ(summary->tally.requests, 100U + 101);
}

TEST(Agents, MeasureNothingWhenTheStopComesBeforeTheStart) {
  Stop stop;
  stop.request();
  const auto summary = run({"sleep 60"}, a_job(), stop, {}, long_patience);
  ASSERT_TRUE(summary.has_value()) << summary.error().what();
  EXPECT_TRUE(summary->cut);
  EXPECT_EQ(summary->tally.ended(), 0U);
}

// A pipe that the whole group holds open ends when the last of them has.
TEST(Agents, AreNotLeftBehind) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const load::Descriptor reads(ends[0]);
  load::Descriptor writes(ends[1]);
  fcntl(reads.number(), F_SETFD, FD_CLOEXEC);
  const std::string hangs = "trap '' TERM HUP; sleep 300 & cat > /dev/null; sleep 300";
  EXPECT_NE(trouble_of({hangs, "exit 1"}), "there was none");
  writes.close();
  EXPECT_TRUE(load::is_ready(reads.number(), POLLIN, load::Clock::now() + minutes(1)));
}

TEST(Agents, AreQuotedForTheShell) {
  EXPECT_EQ(local_command("./a b'c/assay"), "'./a b'\\''c/assay' agent");
}

}  // namespace
}  // namespace assay::agents
