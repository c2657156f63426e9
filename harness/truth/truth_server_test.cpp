#include "harness/truth/truth_server.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/load/socket/file_limit.h"
#include "harness/truth/draw.h"
#include "harness/truth/floor_reply.h"
#include "harness/truth/plain_client.h"
#include "harness/truth/truth_witness.h"

namespace assay::truth {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

const std::string request = "GET /json HTTP/1.1\r\nHost: truth\r\n\r\n";

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// A server that logs, its settings before it starts, and its log once it has ended.
class TruthServerTest : public testing::Test {
 protected:
  TruthServerTest() {
    std::signal(SIGPIPE, SIG_IGN);
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    log_ = std::filesystem::path(testing::TempDir()) / (std::string("assay_") + test->name());
    settings_.port = 0;
    settings_.body = "0123456789";
    settings_.requests_log = log_.string();
  }
  ~TruthServerTest() override { std::filesystem::remove(log_); }

  std::uint16_t start() {
    auto started = TruthServer::start(settings_);
    EXPECT_TRUE(started.has_value());
    server_ = std::move(*started);
    return server_->port();
  }
  std::vector<LogLine> ended() {
    EXPECT_TRUE(server_->end().has_value());
    return log_lines(log_);
  }
  std::string right_reply() const { return floor_reply(settings_.body, false); }

  TruthSettings settings_;

 private:
  std::filesystem::path log_;
  std::unique_ptr<TruthServer> server_;
};

TEST_F(TruthServerTest, AnswersAtOnceWithTheBytesOfTheFloor) {
  PlainClient client(start());
  for (int again = 0; again < 3; ++again) {
    client.send(request);
    EXPECT_EQ(client.receive(right_reply().size()), right_reply());
  }
  for (const LogLine& line : ended()) {
    EXPECT_EQ(line.visit.due, line.visit.arrival);
    EXPECT_GE(line.written_ns, in_ns(line.visit.due));
  }
}

// Of each law: due is what the seed says, and nothing leaves before it.
TEST_F(TruthServerTest, AnswersEachRequestItsOwnTimeAfterItsArrival) {
  for (const Law& law :
       {Law(Constant{microseconds(300)}), Law(TwoValued{microseconds(100), milliseconds(3), 0.1}),
        Law(Exponential{microseconds(200)}), Law(LogNormal{microseconds(200), 0.5})}) {
    settings_.service.law = law;
    settings_.service.seed = 5;
    const std::uint16_t port = start();
    std::vector<PlainClient> clients;
    for (int client = 0; client < 4; ++client) clients.emplace_back(port);
    for (int again = 0; again < 50; ++again) {
      for (PlainClient& client : clients) client.send(request);
      for (PlainClient& client : clients) client.receive(right_reply().size());
    }
    const std::vector<LogLine> lines = ended();
    ASSERT_EQ(lines.size(), 200U);
    for (const auto& [visit, written_ns] : lines) {
      EXPECT_EQ(visit.service, drawn(law, draw(5, Purpose::service_time, visit.request)));
      EXPECT_EQ(visit.start, visit.arrival);
      EXPECT_EQ(visit.due, visit.arrival + visit.service);
      EXPECT_GE(written_ns, in_ns(visit.due));
      EXPECT_EQ(visit.fate, Fate::right);
    }
  }
}

TEST_F(TruthServerTest, ServesOneQueueOverAllConnectionsInTheOrderOfArrival) {
  settings_.service.law = Exponential{microseconds(500)};
  settings_.service.servers = 1;
  const std::uint16_t port = start();
  std::vector<PlainClient> clients;
  for (int client = 0; client < 16; ++client) clients.emplace_back(port);
  for (int again = 0; again < 10; ++again) {
    for (PlainClient& client : clients) client.send(request);
    for (PlainClient& client : clients) client.receive(right_reply().size());
  }
  const std::vector<LogLine> lines = ended();
  ASSERT_EQ(lines.size(), 160U);
  TimePoint free;
  std::int64_t last_written_ns = 0;
  for (const auto& [visit, written_ns] : lines) {
    EXPECT_EQ(visit.start, std::max(visit.arrival, free));
    EXPECT_EQ(visit.due, visit.start + visit.service);
    EXPECT_GE(written_ns, std::max(last_written_ns, in_ns(visit.due)));
    free = visit.due;
    last_written_ns = written_ns;
  }
}

TEST_F(TruthServerTest, AnswersNothingWhileItStalls) {
  settings_.service.law = Constant{milliseconds(1)};
  settings_.service.servers = 1;
  settings_.service.stall_every = milliseconds(40);
  settings_.service.stall_lasts = milliseconds(20);
  const std::uint16_t port = start();
  const nanoseconds began(record_of(port).began_ns);
  PlainClient client(port);
  for (int again = 0; again < 8; ++again) {
    client.send(repeated(request, 5));
    client.receive(5 * right_reply().size());
  }
  const std::vector<LogLine> lines = ended();
  ASSERT_EQ(lines.size(), 40U);
  for (const auto& [visit, written_ns] : lines) {
    const nanoseconds into_period =
        (visit.due.time_since_epoch() - began) % settings_.service.stall_every;
    EXPECT_LE(into_period, milliseconds(20));
    EXPECT_GE(written_ns, in_ns(visit.due));
  }
}

TEST_F(TruthServerTest, KeepsTheOrderOfPipelinedRequestsWhoseTimesWouldReverseIt) {
  settings_.service.law = Exponential{milliseconds(2)};
  PlainClient client(start());
  client.send(repeated(request, 64));
  EXPECT_EQ(client.receive(64 * right_reply().size()), repeated(right_reply(), 64));
  const std::vector<LogLine> lines = ended();
  ASSERT_EQ(lines.size(), 64U);
  TimePoint latest;
  for (const auto& [visit, written_ns] : lines) {
    EXPECT_EQ(visit.due, visit.arrival + visit.service);
    latest = std::max(latest, visit.due);
    EXPECT_GE(written_ns, in_ns(latest));
  }
}

TEST_F(TruthServerTest, RefusesWhoFindsTheQueueFull) {
  settings_.service.law = Constant{std::chrono::minutes(10)};
  settings_.service.servers = 1;
  settings_.service.waiting_limit = 2;
  const std::uint16_t port = start();
  std::vector<PlainClient> clients;
  for (std::uint64_t client = 0; client < 5; ++client) {
    clients.emplace_back(port).send(request);
    record_after(client + 1, port);
  }
  EXPECT_TRUE(clients[3].receive(12).starts_with("HTTP/1.1 503"));
  EXPECT_TRUE(clients[4].receive(12).starts_with("HTTP/1.1 503"));
  const TruthRecord record = record_of(port);
  EXPECT_EQ(record.fates.at("right"), 3U);
  EXPECT_EQ(record.fates.at("refused"), 2U);
  EXPECT_EQ(record.settled, 2U);
  EXPECT_GE(record.connections, 6U);
  EXPECT_FALSE(clients[0].has_bytes() || clients[1].has_bytes() || clients[2].has_bytes());
  const std::vector<LogLine> lines = ended();
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0].written_ns, 0);
  EXPECT_EQ(lines[4].visit.fate, Fate::refused);
  EXPECT_NE(lines[4].written_ns, 0);
}

// Its work is done all the same: the next in the queue waits for it.
TEST_F(TruthServerTest, KeepsThePlaceOfAClientThatHasGone) {
  settings_.service.law = Constant{milliseconds(30)};
  settings_.service.servers = 1;
  const std::uint16_t port = start();
  PlainClient leaving(port);
  leaving.send(request);
  record_after(1, port);
  PlainClient staying(port);
  staying.send(request);
  record_after(2, port);
  leaving.close();
  EXPECT_EQ(staying.receive(right_reply().size()), right_reply());
  const std::vector<LogLine> lines = ended();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].visit.start, std::max(lines[0].visit.due, lines[1].visit.arrival));
}

TEST_F(TruthServerTest, CountsAsLostWhatNobodyIsLeftToGet) {
  settings_.service.law = Constant{std::chrono::minutes(10)};
  const std::uint16_t port = start();
  PlainClient client(port);
  client.send(repeated(request, 3));
  record_after(3, port);
  client.close();
  record_when(port, [](const TruthRecord& record) { return record.connections == 1; });
  for (const LogLine& line : ended()) EXPECT_EQ(line.written_ns, 0);
}

TEST_F(TruthServerTest, AnswersAThousandConnections) {
  ASSERT_FALSE(load::allow_open_files(2200).has_value());
  settings_.service.law = Constant{milliseconds(5)};
  const std::uint16_t port = start();
  std::vector<PlainClient> clients;
  for (int client = 0; client < 1000; ++client) clients.emplace_back(port);
  for (PlainClient& client : clients) client.send(request);
  for (PlainClient& client : clients) {
    ASSERT_EQ(client.receive(right_reply().size()), right_reply());
  }
  const TruthRecord record = record_of(port);
  EXPECT_GE(record.connections, 1001U);
  EXPECT_EQ(record.settled, 1000U);
  EXPECT_EQ(record.response_us.count, 1000U);
  EXPECT_EQ(record.lateness_us.count + record.held_up, 1000U);
  EXPECT_EQ(ended().size(), 1000U);
}

TEST_F(TruthServerTest, TellsWhatItHasDoneAndIsNotCountedItself) {
  settings_.service.law = Constant{milliseconds(2)};
  settings_.service.seed = 77;
  const std::uint16_t port = start();
  PlainClient client(port);
  for (int again = 0; again < 5; ++again) {
    client.send(request);
    client.receive(right_reply().size());
    record_of(port);
  }
  const TruthRecord record = record_of(port);
  EXPECT_EQ(record.requests, 5U);
  EXPECT_EQ(record.settled, 5U);
  EXPECT_EQ(record.fates.at("right"), 5U);
  EXPECT_EQ(record.law.name, "constant");
  EXPECT_EQ(record.law.p99_us, 2000);
  EXPECT_EQ(record.seed, 77U);
  EXPECT_EQ(record.service_s, 0.01);
  EXPECT_EQ(record.busy_s, 0.01);
  EXPECT_GE(record.response_us.p50, 2000);
  EXPECT_EQ(ended().size(), 5U);
}

TEST_F(TruthServerTest, EndsAConnectionWhenItIsAskedTo) {
  const std::uint16_t port = start();
  PlainClient modern(port);
  modern.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n" + request);
  EXPECT_EQ(modern.receive(1000), floor_reply("0123456789", true));
  PlainClient old(port);
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.receive(1000), floor_reply("0123456789", true));
  EXPECT_EQ(ended().size(), 2U);  // what came after the last one was not looked at
}

TEST_F(TruthServerTest, EndsEveryConnectionAfterOneReplyWhenSetTo) {
  settings_.closes = true;
  PlainClient client(start());
  client.send(request);
  EXPECT_EQ(client.receive(1000), floor_reply("0123456789", true));
  EXPECT_EQ(ended().size(), 1U);
}

// Forty megabytes are more than the system keeps for a client that does not read.
TEST_F(TruthServerTest, WaitsForASlowReaderAndDoesNotCallItsOwnWaitingLate) {
  settings_.body = std::string(8'000'000, 'x');
  const std::uint16_t port = start();
  PlainClient client(port);
  client.send(repeated(request, 5));
  const TruthRecord before = record_after(5, port);
  EXPECT_EQ(before.settled, 0U);
  EXPECT_TRUE(client.receive(5 * right_reply().size()) == repeated(right_reply(), 5));
  client.send(request);
  EXPECT_TRUE(client.receive(right_reply().size()) == right_reply());
  const TruthRecord after = record_of(port);
  EXPECT_EQ(after.settled, 6U);
  EXPECT_GE(after.held_up, 5U);
}

TEST_F(TruthServerTest, SaysWhenItsLogCannotBeWritten) {
  settings_.requests_log = "/nowhere/requests.csv";
  const auto refused = TruthServer::start(settings_);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().what(),
            "\"/nowhere/requests.csv\" cannot be written: No such file or directory");
}

TEST_F(TruthServerTest, SaysAtTheEndWhenItsLogDidNotFit) {
  settings_.requests_log = "/dev/full";
  if (!std::filesystem::exists(settings_.requests_log))
    GTEST_SKIP() << "this system has no full disk";
  auto server = TruthServer::start(settings_);
  ASSERT_TRUE(server.has_value());
  PlainClient client((*server)->port());
  client.send(repeated(request, 3));
  client.receive(3 * right_reply().size());
  EXPECT_FALSE((*server)->end().has_value());
}

}  // namespace
}  // namespace assay::truth
