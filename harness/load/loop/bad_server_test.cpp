#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <string>

#include <gtest/gtest.h>

#include "harness/load/loop/run.h"
#include "harness/load/socket/descriptor.h"
#include "harness/load/socket/scripted_server.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using Answer = ScriptedServer::Answer;
using Then = Answer::Then;

Job job_for(const ScriptedServer& server, std::uint64_t requests, std::size_t connections) {
  Job job;
  job.target.port = server.port();
  job.expectation = {200, "text/plain", "hello"};
  job.connections = connections;
  job.requests = requests;
  job.timeout = std::chrono::minutes(1);
  return job;
}

Summary measured(const Job& job) {
  const Result<Summary> summary = run(job, Stop());
  EXPECT_TRUE(summary.has_value()) << summary.error().what();
  return summary ? *summary : Summary();
}

TEST(BadServer, SaysWhatCameInsteadOfHttp) {
  const ScriptedServer server([](std::size_t) {
    return Answer{"SSH-2.0-OpenSSH_9.2\r\n" + std::string(100, 'x'), Then::close};
  });
  const Summary summary = measured(job_for(server, 2, 1));
  EXPECT_EQ(summary.tally.errors[ErrorKind::malformed], 2U);
  EXPECT_EQ(summary.malformed,
            "it does not begin with an HTTP/1.x status line: "
            R"("SSH-2.0-OpenSSH_9.2\r\n)" +
                std::string(39, 'x') + "...\"");
}

TEST(BadServer, SaysWhatCameBehindAReply) {
  const ScriptedServer server(
      [](std::size_t) { return Answer{right_reply("hello") + "oops\x01", Then::close}; });
  const Summary summary = measured(job_for(server, 1, 1));
  EXPECT_EQ(summary.malformed, R"(more bytes came than it announced: "oops\x01")");
}

// More than are looked at in a row: each is given up once, none is passed over.
TEST(BadServer, IsGivenUpByEachOfManyConnections) {
  const Descriptor listener(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(bind(listener.number(), generic, size), 0);
  ASSERT_EQ(getsockname(listener.number(), generic, &size), 0);
  ASSERT_EQ(listen(listener.number(), 1024), 0);  // the system takes them; nobody reads
  Job job;
  job.target.port = ntohs(address.sin_port);
  job.connections = 700;
  job.requests = 700;
  job.timeout = milliseconds(1000);
  const Summary summary = measured(job);
  EXPECT_EQ(summary.tally.errors.total(), 700U);
  EXPECT_EQ(summary.given_up, 0U);
  // Each on its own: none waited until the run gave up on the server, after three of them.
  EXPECT_LT(summary.tally.latency.max(), milliseconds(2900));
}

// A hundred thousand timeouts of two connections would take 42 minutes.
TEST(BadServer, GivesUpOnAServerThatAnswersNothingAnyMore) {
  const ScriptedServer server([](std::size_t number) {
    return number < 10 ? Answer{right_reply("hello")} : Answer{"", Then::hold};
  });
  Job job = job_for(server, 100'000, 2);
  job.timeout = milliseconds(50);
  const Summary summary = measured(job);
  EXPECT_EQ(summary.tally.requests, 10U);
  EXPECT_GE(summary.tally.errors[ErrorKind::timeout], 2U);
  EXPECT_EQ(summary.given_up, 100'000 - summary.tally.ended());
  EXPECT_EQ(summary.silence, milliseconds(150));
  EXPECT_FALSE(summary.cut);
}

// It answers each second request in time, so it goes on to the last one.
TEST(BadServer, DoesNotGiveUpOnAServerThatAnswersNowAndThen) {
  const ScriptedServer server([](std::size_t number) {
    return number % 2 == 0 ? Answer{"", Then::hold} : Answer{right_reply("hello")};
  });
  Job job = job_for(server, 12, 1);
  job.timeout = milliseconds(50);
  const Summary summary = measured(job);
  EXPECT_EQ(summary.tally.ended(), 12U);
  EXPECT_EQ(summary.given_up, 0U);
}

}  // namespace
}  // namespace assay::load
