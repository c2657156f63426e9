// What goes wrong on the server's side is counted by its kind, and the run goes on.
#include <gtest/gtest.h>

#include "harness/load/closed_loop.h"
#include "harness/load/scripted_server.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using Answer = ScriptedServer::Answer;
using Then = Answer::Then;

// Twenty requests over two connections, of which every fourth is answered as given.
Tally tally_of(const Answer& faulty, nanoseconds timeout = milliseconds(5000)) {
  const ScriptedServer server(
      [&](std::size_t number) { return number % 4 == 1 ? faulty : Answer{right_reply("hello")}; });
  Job job;
  job.port = server.port();
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

TEST(ClosedLoopFaults, CountsAReplyThatTakesTooLong) {
  const Tally tally =
      tally_of({right_reply("hello"), Then::close, milliseconds(10'000)}, milliseconds(600));
  expect_five(tally, ErrorKind::timeout);
  EXPECT_EQ(tally.latency.count(), 20U);  // a timeout is a latency too: at least this long
  EXPECT_GE(tally.latency.max(), milliseconds(600));
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
    job.port = server.port();
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
  EXPECT_EQ(tally.errors[ErrorKind::reset] + tally.resent, 5U);
}

TEST(ClosedLoopFaults, SendsAgainWhatAKeptConnectionDidNotAnswer) {
  const ScriptedServer server([](std::size_t number) {
    return number == 3 ? Answer{"", Then::reset} : Answer{right_reply("hello")};
  });
  Job job;
  job.port = server.port();
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
  job.port = server.port();
  job.connections = 1;
  job.requests = 2;
  job.timeout = milliseconds(300);
  const Result<Summary> summary = run(job, Stop());
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->tally.errors[ErrorKind::timeout], 2U);
}

}  // namespace
}  // namespace assay::load
