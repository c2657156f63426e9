#include <csignal>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "harness/truth/floor_reply.h"
#include "harness/truth/plain_client.h"
#include "harness/truth/truth_server.h"
#include "harness/truth/truth_witness.h"

namespace assay::truth {
namespace {

using std::chrono::milliseconds;

const std::string request = "GET /json HTTP/1.1\r\nHost: truth\r\n\r\n";
const std::string right = floor_reply("0123456789", false);

class TruthFaultsTest : public testing::Test {
 protected:
  TruthFaultsTest() {
    std::signal(SIGPIPE, SIG_IGN);
    settings_.port = 0;
    settings_.body = "0123456789";
    settings_.service.slow_by = milliseconds(1);
  }

  std::uint16_t start() {
    auto started = TruthServer::start(settings_);
    EXPECT_TRUE(started.has_value());
    server_ = std::move(*started);
    return server_->port();
  }

  TruthSettings settings_;
  std::unique_ptr<TruthServer> server_;
};

// What one client sees of the fate that was drawn for it.
void expect_fate(Fate fate, PlainClient& client, std::uint16_t port) {
  std::string other = right;
  switch (fate) {
    case Fate::right:
    case Fate::slow: EXPECT_EQ(client.receive(right.size()), right); break;
    case Fate::error: EXPECT_EQ(client.receive(right.size()).substr(0, 12), "HTTP/1.1 500"); break;
    case Fate::wrong:
      other.back() = '?';
      EXPECT_EQ(client.receive(right.size()), other);
      break;
    case Fate::truncated:
      EXPECT_EQ(client.receive(right.size()), right.substr(0, right.size() - 5));
      EXPECT_TRUE(client.is_closed());
      break;
    case Fate::reset: EXPECT_TRUE(client.is_reset()); break;
    case Fate::silent:
      record_of(port);  // its reply comes after everything that was due before
      EXPECT_FALSE(client.has_bytes());
      break;
    case Fate::refused: FAIL();
  }
}

TEST_F(TruthFaultsTest, FallOnExactlyThoseRequestsThatTheSeedSays) {
  settings_.service.faults = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
  settings_.service.seed = 21;
  const std::uint16_t port = start();
  constexpr std::uint64_t requests = 300;
  for (std::uint64_t number = 0; number < requests; ++number) {
    PlainClient client(port);
    client.send(request);
    record_after(number + 1, port);
    const Fate fate = fate_of(settings_.service.faults, 21, number);
    SCOPED_TRACE(model::name_of(fate));
    expect_fate(fate, client, port);
  }
  const TruthRecord record = record_of(port);
  EXPECT_EQ(record.fates, record_of(fates_of_first(settings_.service.faults, 21, requests)));
  EXPECT_EQ(record.fates, forecast(settings_.service, requests).fates);
  EXPECT_EQ(record.settled, requests);
  EXPECT_EQ(record.lost, 0U);
}

// Request 7 of this seed is the first that is truncated; what came before it is whole, and what
// comes after it on its connection is lost.
TEST_F(TruthFaultsTest, EndAPipelineWhereTheyFall) {
  settings_.service.faults.truncated = 0.1;
  settings_.service.seed = 6;
  const std::uint16_t port = start();
  PlainClient client(port);
  std::string expected;
  for (int number = 0; number < 7; ++number) expected += right;
  expected += right.substr(0, right.size() - 5);
  std::string sent;
  for (int number = 0; number < 10; ++number) sent += request;
  client.send(sent);
  EXPECT_EQ(client.receive(2 * expected.size()), expected);
  const TruthRecord record = record_of(port);
  EXPECT_EQ(record.requests, 10U);
  EXPECT_EQ(record.settled, 8U);
  EXPECT_EQ(record.lost, 2U);
}

TEST_F(TruthFaultsTest, LeaveAConnectionSilentForGood) {
  settings_.service.faults.silent = 1;
  const std::uint16_t port = start();
  PlainClient client(port);
  client.send(request);
  record_after(1, port);
  client.send(request);
  record_after(2, port);
  const TruthRecord record = record_of(port);
  EXPECT_EQ(record.settled, 1U);
  EXPECT_EQ(record.lost, 1U);
  EXPECT_FALSE(client.has_bytes());
  EXPECT_GE(record.connections, 2U);
}

TEST_F(TruthFaultsTest, MakeASlowReplyLaterThanItsService) {
  settings_.service.law = Constant{milliseconds(1)};
  settings_.service.faults.slow = 1;
  settings_.service.slow_by = milliseconds(20);
  const auto log = std::filesystem::path(testing::TempDir()) / "assay_slow_replies";
  settings_.requests_log = log.string();
  PlainClient client(start());
  client.send(request);
  EXPECT_EQ(client.receive(right.size()), right);
  EXPECT_TRUE(server_->end().has_value());
  const std::vector<LogLine> lines = log_lines(log);
  std::filesystem::remove(log);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].visit.due, lines[0].visit.arrival + milliseconds(21));
  EXPECT_GE(lines[0].written_ns, in_ns(lines[0].visit.due));
}

}  // namespace
}  // namespace assay::truth
