// What goes wrong on the server's side is counted by its kind, and the run goes on.
#include <gtest/gtest.h>

#include "harness/load/loop/run.h"
#include "harness/load/socket/scripted_server.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using Answer = ScriptedServer::Answer;
using Then = Answer::Then;

// Twenty requests over two connections, of which every fourth is answered as given.
Tally tally_of(const Answer& faulty, nanoseconds timeout = std::chrono::minutes(1)) {
  const ScriptedServer server(
      [&](std::size_t number) { return number % 4 == 1 ? faulty : Answer{right_reply("hello")}; });
  Job job;
  job.target.port = server.port();
  job.expectation = {200, "text/plain", "hello"};
  job.connections = 2;
  job.requests = 20;
  job.timeout = timeout;
  const Result<Summary> summary = run(job, Stop());
  EXPECT_TRUE(summary.has_value());
  return summary ? summary->tally : Tally();
}

void expect_five(const Tally& tally, ErrorKind kind) {
  EXPECT_EQ(tally.errors[kind], 5U) << text(kind);
  EXPECT_EQ(tally.errors.total(), 5U) << text(kind);
  EXPECT_EQ(tally.requests, 15U) << text(kind);
}

TEST(ClosedLoopFaults, CountsAWrongBody) {
  expect_five(tally_of({right_reply("hellO")}), ErrorKind::body);
  expect_five(tally_of({right_reply("hello!")}), ErrorKind::body);
  expect_five(tally_of({right_reply("")}), ErrorKind::body);
}

TEST(ClosedLoopFaults, CountsAWrongStatusAndStillCountsItAsAReply) {
  const Tally tally =
      tally_of({"HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"});
  expect_five(tally, ErrorKind::status);
  EXPECT_EQ(tally.statuses[500], 5U);
  EXPECT_EQ(tally.statuses[200], 15U);
  EXPECT_EQ(tally.latency.count(), 20U);
}

TEST(ClosedLoopFaults, CountsAWrongContentType) {
  expect_five(
      tally_of({"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"}),
      ErrorKind::type);
}

TEST(ClosedLoopFaults, CountsAReplyThatIsCutShort) {
  expect_five(tally_of({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", Then::close}),
              ErrorKind::short_reply);
  expect_five(tally_of({"HTTP/1.1 200 OK\r\nConte", Then::close}), ErrorKind::short_reply);
}

// No reply is a good one here, so that the limit may be short and none can miss it by chance.
TEST(ClosedLoopFaults, CountsAReplyThatTakesTooLong) {
  const ScriptedServer server([](std::size_t) {
    return Answer{right_reply("hello"), Then::close, std::chrono::minutes(1)};
  });
  Job job;
  job.target.port = server.port();
  job.connections = 2;
  job.requests = 2;  // more, and a run that nobody answers might be given up before the last
  job.timeout = milliseconds(200);
  const Result<Summary> summary = run(job, Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.errors[ErrorKind::timeout], 2U);
  EXPECT_EQ(summary->tally.errors.total(), 2U);
  EXPECT_EQ(summary->tally.latency.count(), 2U);  // a timeout is a latency too: at least this long
  EXPECT_GE(summary->tally.latency.min(), milliseconds(200));
}

TEST(ClosedLoopFaults, GoesOnAfterATimeout) {
  const ScriptedServer server([](std::size_t number) {
    return Answer{right_reply("hello"), Then::keep, std::chrono::minutes(number == 2 ? 1 : 0)};
  });
  Job job;
  job.target.port = server.port();
  job.connections = 1;
  job.requests = 6;
  job.timeout = milliseconds(2000);
  const Result<Summary> summary = run(job, Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.errors[ErrorKind::timeout], 1U);
  EXPECT_EQ(summary->tally.requests, 5U);
}

// Seven requests are answered at once, and none after them: the window ends long before a timeout.
TEST(ClosedLoopFaults, CountsWhatHangsWhenTheWindowEnds) {
  const ScriptedServer server([](std::size_t number) {
    return Answer{right_reply("hello"), Then::keep, std::chrono::minutes(number < 7 ? 0 : 1)};
  });
  Job job;
  job.target.port = server.port();
  job.connections = 3;
  job.duration = milliseconds(1500);
  job.timeout = std::chrono::minutes(1);
  const Result<Summary> summary = run(job, Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.requests, 7U);
  EXPECT_EQ(summary->tally.errors[ErrorKind::timeout], 3U);
  EXPECT_EQ(summary->tally.latency.count(), 10U);
  EXPECT_GE(summary->tally.latency.max(), milliseconds(750));
  EXPECT_FALSE(summary->warnings().empty());
  EXPECT_EQ(summary->duration, milliseconds(1500));
}

// A timeout that falls on the end of the window must not be lost between the two.
TEST(ClosedLoopFaults, CountsWhatHangsWhenTheWindowIsAsLongAsTheTimeout) {
  const ScriptedServer server([](std::size_t) {
    return Answer{right_reply("hello"), Then::keep, std::chrono::minutes(1)};
  });
  Job job;
  job.target.port = server.port();
  job.connections = 2;
  job.duration = milliseconds(200);
  job.timeout = milliseconds(200);
  const Result<Summary> summary = run(job, Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.errors[ErrorKind::timeout], 2U);
}

// A body that fits into no buffer, so that the server answers before everything is sent.
Job long_post(const ScriptedServer& server, int expected_status) {
  Job job;
  job.target.port = server.port();
  job.request = {"POST", "/", {}, std::string(32'000'000, 'b')};
  job.expectation.status = expected_status;
  job.connections = 1;
  job.requests = 5;
  job.timeout = std::chrono::seconds(20);
  return job;
}

TEST(ClosedLoopFaults, ReadsTheReplyOfAServerThatClosesBeforeItHasReadEverything) {
  const ScriptedServer server(
      [](std::size_t) {
        return Answer{"HTTP/1.1 413 Much\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                      Then::close};
      },
      ScriptedServer::Reads::heads);
  const Result<Summary> summary = run(long_post(server, 413), Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.requests, 5U);
  EXPECT_EQ(summary->tally.errors.total(), 0U);
}

TEST(ClosedLoopFaults, SendsNoFurtherRequestAfterAnEarlyReply) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply(""), Then::hold}; },
                              ScriptedServer::Reads::heads);
  const Result<Summary> summary = run(long_post(server, 200), Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.requests, 5U);
  EXPECT_EQ(server.connections(), 6U);  // and one that asked whether somebody listens
}

TEST(ClosedLoopFaults, CountsWhatIsNoHttp) {
  expect_five(tally_of({"220 mail.example.org ready\r\n"}), ErrorKind::malformed);
  expect_five(tally_of({"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello"}),
              ErrorKind::malformed);
  expect_five(tally_of({right_reply("hello") + "more than that"}), ErrorKind::malformed);
}

// On a connection that has not answered yet, silence and a reset are the server's fault.
TEST(ClosedLoopFaults, CountsAResetOfANewConnection) {
  for (const Then then : {Then::reset, Then::close}) {
    const ScriptedServer server([&](std::size_t number) {
      return number % 2 == 0 ? Answer{"", then}
                             : Answer{right_reply("hello", "Connection: close\r\n"), Then::close};
    });
    Job job;
    job.target.port = server.port();
    job.keep_alive = false;
    job.connections = 1;
    job.requests = 20;
    const Result<Summary> summary = run(job, Stop());
    ASSERT_TRUE(summary.has_value());
    EXPECT_EQ(summary->tally.errors[ErrorKind::reset], 10U);
    EXPECT_EQ(summary->tally.requests, 10U);
  }
}

TEST(ClosedLoopFaults, CountsAResetWithinAReply) {
  const Tally tally = tally_of({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", Then::reset});
  // A reset may overtake the bytes before it; either way the request failed.
  EXPECT_EQ(tally.requests + tally.errors.total(), 20U);
  EXPECT_EQ(tally.errors[ErrorKind::reset] + tally.errors[ErrorKind::short_reply] + tally.resent,
            5U);
}

TEST(ClosedLoopFaults, CountsAsShortWhatAResetCutOff) {
  expect_five(tally_of({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", Then::late_reset}),
              ErrorKind::short_reply);
}

TEST(ClosedLoopFaults, SendsAgainWhatAKeptConnectionDidNotAnswer) {
  const ScriptedServer server([](std::size_t number) {
    return number == 3 ? Answer{"", Then::reset} : Answer{right_reply("hello")};
  });
  Job job;
  job.target.port = server.port();
  job.connections = 1;
  job.requests = 10;
  const Result<Summary> summary = run(job, Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.requests, 10U);
  EXPECT_EQ(summary->tally.resent, 1U);
  EXPECT_EQ(server.requests(), 11U);
}

TEST(ClosedLoopFaults, EndsInTimeWhenAReplyNeverEnds) {
  const std::string endless = "HTTP/1.1 200 OK\r\n\r\n" + std::string(5'000'000, 'x');
  const ScriptedServer server([&](std::size_t) { return Answer{endless}; });
  Job job;
  job.target.port = server.port();
  job.connections = 1;
  job.requests = 2;
  job.timeout = milliseconds(300);
  const Result<Summary> summary = run(job, Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.errors[ErrorKind::timeout], 2U);
}

}  // namespace
}  // namespace assay::load
