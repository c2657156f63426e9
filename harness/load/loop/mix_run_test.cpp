#include <sys/socket.h>

#include <array>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "harness/load/loop/run.h"
#include "harness/load/socket/scripted_server.h"
#include "harness/load/socket/socket.h"
#include "harness/load/socket/socket_server.h"

namespace assay::load {
namespace {

using Lines = std::vector<std::string>;

// Answers each request with its own first line, notes that, and closes after `at_most` of them.
class EchoServer {
 public:
  explicit EchoServer(std::size_t at_most = SIZE_MAX)
      : server_([this, at_most](int socket) { serve(socket, at_most); }) {}

  Target target() const { return server_.target(); }
  Lines lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  void serve(int socket, std::size_t at_most) {
    std::string read;
    std::array<char, 4096> buffer;
    for (std::size_t answered = 0; answered < at_most;) {
      const std::size_t end = read.find("\r\n\r\n");
      if (end == std::string::npos) {
        const ssize_t size = recv(socket, buffer.data(), buffer.size(), 0);
        if (size <= 0) return;
        read.append(buffer.data(), static_cast<std::size_t>(size));
        continue;
      }
      const std::string line = read.substr(0, read.find(" HTTP/1.1"));
      read.erase(0, end + 4);
      note(line);
      const std::string reply = right_reply(line);
      if (send(socket, reply.data(), reply.size(), send_flags) < 0) return;
      ++answered;
    }
    shutdown(socket, SHUT_WR);  // a reset would take the last reply along
    while (recv(socket, buffer.data(), buffer.size(), 0) > 0) continue;
  }

  void note(const std::string& line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(line);
  }

  mutable std::mutex mutex_;  // guards lines_
  Lines lines_;
  SocketServer server_;  // last: its threads use the others
};

MixPart part_of(unsigned weight, std::string method, std::string target) {
  MixPart part;
  part.weight = weight;
  part.expectation.body = method + " " + target;
  part.request = {std::move(method), std::move(target), {}, {}};
  return part;
}

Job job_for(const EchoServer& server, std::uint64_t requests) {
  Job job;
  job.target = server.target();
  job.connections = 1;
  job.requests = requests;
  job.timeout = std::chrono::seconds(20);
  job.mix = {part_of(80, "GET", "/a"), part_of(15, "DELETE", "/b"), part_of(5, "GET", "/c")};
  return job;
}

Summary measured(const Job& job) {
  const Stop stop;
  const Result<Summary> summary = run(job, stop);
  EXPECT_TRUE(summary.has_value()) << summary.error().what();
  return summary ? *summary : Summary();
}

// As mix_test.cpp has it for seed 1: the second at 4, 16, 21, 25, 27, 32, 33, the third at 34.
Lines first_forty() {
  Lines lines(40, "GET /a");
  for (const std::size_t number : {4, 16, 21, 25, 27, 32, 33}) lines[number] = "DELETE /b";
  lines[34] = "GET /c";
  return lines;
}

TEST(MixRun, SendsEachRequestByItsWeightAndComparesItsOwnReply) {
  const EchoServer server;
  const Summary summary = measured(job_for(server, 40));
  EXPECT_EQ(server.lines(), first_forty());
  EXPECT_EQ(summary.tally.errors.total(), 0U);
  EXPECT_EQ(summary.part_names, (Lines{"GET /a", "DELETE /b", "GET /c"}));
  ASSERT_EQ(summary.tally.parts.size(), 3U);
  EXPECT_EQ(summary.tally.parts[0].requests, 32U);
  EXPECT_EQ(summary.tally.parts[1].requests, 7U);
  EXPECT_EQ(summary.tally.parts[2].requests, 1U);
}

TEST(MixRun, CountsErrorsByTheRequestTheyBelongTo) {
  const EchoServer server;
  Job job = job_for(server, 40);
  job.mix[1].expectation.body = "another";
  job.mix[2].expectation.status = 404;
  const Summary summary = measured(job);
  EXPECT_EQ(summary.tally.requests, 32U);
  EXPECT_EQ(summary.tally.parts[0].errors.total(), 0U);
  EXPECT_EQ(summary.tally.parts[1].requests, 0U);
  EXPECT_EQ(summary.tally.parts[1].errors[ErrorKind::body], 7U);
  EXPECT_EQ(summary.tally.parts[2].errors[ErrorKind::status], 1U);
}

TEST(MixRun, OfAgentsSendsTogetherWhatOneWould) {
  const EchoServer even;
  const EchoServer odd;
  Job job = job_for(even, 40);
  job.share = {0, 2};
  measured(job);
  job.target = odd.target();
  job.share = {1, 2};
  measured(job);
  Lines together;
  for (std::size_t number = 0; number < 20; ++number) {
    together.push_back(even.lines().at(number));
    together.push_back(odd.lines().at(number));
  }
  EXPECT_EQ(together, first_forty());
}

TEST(MixRun, WithoutOneCountsNoParts) {
  const EchoServer server;
  Job job = job_for(server, 3);
  job.request.target = "/alone";
  job.mix.clear();
  const Summary summary = measured(job);
  EXPECT_EQ(server.lines(), Lines(3, "GET /alone"));
  EXPECT_TRUE(summary.tally.parts.empty());
  EXPECT_TRUE(summary.part_names.empty());
}

// Seed 1 draws of two alike 1 0 0 0 1 0 0 1: what is a POST is not sent a second time, and what is
// behind it goes out again in its order.
TEST(MixRun, SendsAgainOnlyWhatMayBeDoneTwice) {
  const EchoServer server(2);
  Job job = job_for(server, 8);
  job.pipeline = 8;
  job.mix = {part_of(1, "GET", "/{seq}"), part_of(1, "POST", "/made")};
  job.mix[0].expectation.body.reset();
  const Summary summary = measured(job);
  EXPECT_EQ(server.lines(),
            (Lines{"POST /made", "GET /1", "GET /2", "GET /3", "GET /5", "GET /6"}));
  EXPECT_EQ(summary.tally.requests, 6U);
  EXPECT_EQ(summary.tally.errors.total(), 2U);
  EXPECT_EQ(summary.tally.parts[1].errors[ErrorKind::reset], 2U);
}

TEST(MixRun, RefusesAWeightOfNothing) {
  const EchoServer server;
  Job job = job_for(server, 3);
  job.mix[1].weight = 0;
  EXPECT_FALSE(run(job, Stop()).has_value());
}

}  // namespace
}  // namespace assay::load
