#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <utility>

#include <gtest/gtest.h>

#include "harness/load/loop/run.h"
#include "harness/load/socket/scripted_server.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using Answer = ScriptedServer::Answer;
using Then = Answer::Then;

Job job_for(const ScriptedServer& server, std::uint64_t requests, std::size_t connections = 2) {
  Job job;
  job.target.port = server.port();
  job.expectation = {200, "text/plain", "hello"};
  job.connections = connections;
  job.requests = requests;
  job.timeout = std::chrono::minutes(1);
  return job;
}

Summary measured(const Job& job) {
  const Stop stop;
  const Result<Summary> summary = run(job, stop);
  EXPECT_TRUE(summary.has_value()) << summary.error().what();
  return summary ? *summary : Summary();
}

TEST(ClosedLoop, SendsExactlyTheRequestsAskedFor) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  const Summary summary = measured(job_for(server, 501, 7));
  EXPECT_EQ(server.requests(), 501U);
  EXPECT_EQ(summary.tally.requests, 501U);
  EXPECT_EQ(summary.tally.errors.total(), 0U);
  EXPECT_EQ(summary.tally.statuses[200], 501U);
  EXPECT_EQ(summary.tally.latency.count(), 501U);
  EXPECT_EQ(summary.tally.bytes, 501 * right_reply("hello").size());
  EXPECT_GT(summary.rate(), 0);
  EXPECT_FALSE(summary.cut);
}

TEST(ClosedLoop, KeepsItsConnections) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  measured(job_for(server, 100, 3));
  EXPECT_LE(server.connections(), 4U);  // and one that asked whether somebody listens
}

TEST(ClosedLoop, OpensAConnectionForEachRequestWhenNoneIsKept) {
  const ScriptedServer server([](std::size_t) {
    return Answer{right_reply("hello", "Connection: close\r\n"), Then::close};
  });
  Job job = job_for(server, 60);
  job.keep_alive = false;
  const Summary summary = measured(job);
  EXPECT_EQ(summary.tally.requests, 60U);
  EXPECT_EQ(summary.tally.closed, 0U) << "none was to be kept";
  EXPECT_EQ(server.connections(), 61U);
  EXPECT_NE(server.last_request().find("Connection: close\r\n"), std::string::npos);
}

TEST(ClosedLoop, SharesConnectionsAndRequestsOverThreads) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  Job job = job_for(server, 300, 5);
  job.threads = 3;
  EXPECT_EQ(measured(job).tally.requests, 300U);
  EXPECT_EQ(server.requests(), 300U);
  EXPECT_LE(server.connections(), 6U);
}

TEST(ClosedLoop, SendsMethodHeadersAndBody) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  Job job = job_for(server, 1, 1);
  job.request = {"POST", "/echo?x=1", {{"X-Kind", "y"}}, std::string(100'000, 'b')};
  EXPECT_EQ(measured(job).tally.requests, 1U);
  const std::string request = server.last_request();
  EXPECT_EQ(request.rfind("POST /echo?x=1 HTTP/1.1\r\n", 0), 0U);
  EXPECT_NE(request.find("X-Kind: y\r\n"), std::string::npos);
  EXPECT_EQ(request.substr(request.size() - 100'000), std::string(100'000, 'b'));
}

TEST(ClosedLoop, ReadsAReplyLargerThanItsBuffer) {
  const std::string body(300'000, 'z');
  const ScriptedServer server([&](std::size_t) { return Answer{right_reply(body)}; });
  Job job = job_for(server, 5);
  job.expectation.body = body;
  EXPECT_EQ(measured(job).tally.requests, 5U);
}

TEST(ClosedLoop, TakesAServerThatClosesKeptConnectionsForWhatItIs) {
  const ScriptedServer server([](std::size_t number) {
    return Answer{right_reply("hello"), number % 3 == 2 ? Then::close : Then::keep};
  });
  const Summary summary = measured(job_for(server, 60, 1));
  EXPECT_EQ(summary.tally.requests, 60U);
  EXPECT_EQ(summary.tally.errors.total(), 0U);
}

TEST(ClosedLoop, CountsTheConnectionsThatTheServerClosesThoughTheyWereToBeKept) {
  const ScriptedServer server([](std::size_t) {
    return Answer{right_reply("hello", "Connection: close\r\n"), Then::close};
  });
  const Summary summary = measured(job_for(server, 20, 1));
  EXPECT_EQ(summary.tally.requests, 20U);
  EXPECT_EQ(summary.tally.closed, 20U);
}

TEST(ClosedLoop, MeasuresForTheTimeAskedFor) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  Job job = job_for(server, 0);
  job.requests.reset();
  job.duration = milliseconds(200);
  const Summary summary = measured(job);
  EXPECT_EQ(summary.duration, milliseconds(200));
  EXPECT_GT(summary.tally.requests, 0U);
  EXPECT_LE(summary.tally.requests, server.requests());
  EXPECT_LE(summary.tally.latency.max(), std::chrono::minutes(1));
}

TEST(ClosedLoop, DoesNotCountTheWarmUp) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  Job job = job_for(server, 20);
  job.warm_up = milliseconds(100);
  EXPECT_EQ(measured(job).tally.requests, 20U);
  EXPECT_GT(server.requests(), 20U);
}

TEST(ClosedLoop, GivesWhatWasMeasuredWhenItIsStopped) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  Job job = job_for(server, 0);
  job.requests.reset();
  job.duration = std::chrono::minutes(5);
  Stop stop;
  const auto stop_soon = [&](const Progress& progress) {
    if (progress.requests > 0) stop.request();
  };
  const Result<Summary> summary = run(job, stop, {.progress = stop_soon});
  ASSERT_TRUE(summary.has_value());
  EXPECT_TRUE(summary->cut);
  EXPECT_GT(summary->tally.requests, 0U);
  EXPECT_LT(summary->duration, std::chrono::minutes(1));
}

TEST(ClosedLoop, SendsNothingBeforeItsStart) {
  const ScriptedServer server([](std::size_t) { return Answer{right_reply("hello")}; });
  TimePoint start;
  const auto soon = [&] {
    start = Clock::now() + milliseconds(100);
    return start;
  };
  const Stop stop;
  const Result<Summary> summary = run(job_for(server, 20), stop, {.start = soon});
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(server.requests(), 20U);
  // From the start to the last reply, which a request sent earlier would have made a negative time.
  EXPECT_GT(summary->duration, nanoseconds(0));
  EXPECT_LE(summary->tally.latency.max(), summary->duration);
}

// A port that is taken, and at which nobody listens, for as long as the socket is open.
std::pair<Descriptor, std::uint16_t> taken_port() {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(bind(socket.number(), generic, size), 0);
  EXPECT_EQ(getsockname(socket.number(), generic, &size), 0);
  return {std::move(socket), ntohs(address.sin_port)};
}

TEST(ClosedLoop, SaysWhenNothingListens) {
  const auto [socket, port] = taken_port();
  Job job;
  job.target.port = port;
  const Result<Summary> summary = run(job, Stop());
  ASSERT_FALSE(summary.has_value());
  EXPECT_NE(summary.error().what().find(std::to_string(port)), std::string::npos);
}

rlim_t address_space() {  // 0 where the system does not say
  rlim_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

// With room for the stacks of a few of them.
int status_without_memory_for(std::size_t threads) {
  const auto [socket, port] = taken_port();
  listen(socket.number(), 8);
  const rlimit limit{address_space() + (256U << 20U), RLIM_INFINITY};
  setrlimit(RLIMIT_AS, &limit);
  Job job;
  job.target.port = port;
  job.connections = threads;
  job.threads = threads;
  const Result<Summary> summary = run(job, Stop());
  if (summary) return 1;
  return summary.error().what().find("100 threads") == std::string::npos ? 2 : 0;
}

TEST(ClosedLoopDeathTest, SaysWhenTheSystemGivesNoThread) {
  constexpr rlim_t terabyte = 1ULL << 40U;
  if (address_space() == 0) GTEST_SKIP() << "this system does not keep to a limit of memory";
  if (address_space() > terabyte) GTEST_SKIP() << "a sanitizer cannot live with such a limit";
  EXPECT_EXIT(std::_Exit(status_without_memory_for(100)), testing::ExitedWithCode(0), "");
}

TEST(ClosedLoop, RefusesAJobThatIsNone) {
  const auto refused = [](auto change) {
    Job job;
    change(job);
    return run(job, Stop()).has_error();
  };
  EXPECT_TRUE(refused([](Job& job) { job.connections = 0; }));
  EXPECT_TRUE(refused([](Job& job) { job.threads = 0; }));
  EXPECT_TRUE(refused([](Job& job) { job.threads = 17; }));
  EXPECT_TRUE(refused([](Job& job) { job.requests = 0; }));
  EXPECT_TRUE(refused([](Job& job) { job.duration = nanoseconds(0); }));
  EXPECT_TRUE(refused([](Job& job) { job.target.host = "no such host"; }));
}

}  // namespace
}  // namespace assay::load
