#include "harness/truth/floor.h"

#include <chrono>
#include <csignal>
#include <ctime>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "harness/truth/plain_client.h"

namespace assay::truth {
namespace {

using std::chrono::milliseconds;

const std::string request = "GET /json HTTP/1.1\r\nHost: floor\r\n\r\n";

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

using Client = PlainClient;

class FloorTest : public testing::Test {
 protected:
  FloorTest() { std::signal(SIGPIPE, SIG_IGN); }

  static std::unique_ptr<Floor> started(const std::string& body, bool closes = false,
                                        std::size_t workers = 1) {
    FloorSettings settings;
    settings.port = 0;
    settings.body = body;
    settings.closes = closes;
    settings.workers = workers;
    auto floor = Floor::start(settings);
    EXPECT_TRUE(floor.has_value());
    return std::move(*floor);
  }
};

TEST_F(FloorTest, AnswersAWholeRequest) {
  const auto floor = started("{}");
  Client client(floor->port());
  client.send(request);
  const std::string reply = floor_reply("{}", false);
  EXPECT_EQ(client.receive(reply.size()), reply);
}

TEST_F(FloorTest, AnswersOnceWhereverARequestIsSplit) {
  const auto floor = started("{}");
  const std::string reply = floor_reply("{}", false);
  Client client(floor->port());
  for (std::size_t cut = 1; cut < request.size(); ++cut) {
    client.send(request.substr(0, cut));
    std::this_thread::sleep_for(milliseconds(1));
    client.send(request.substr(cut));
    EXPECT_EQ(client.receive(reply.size()), reply) << "split at " << cut;
  }
}

TEST_F(FloorTest, AnswersSixteenRequestsOfOneWrite) {
  const auto floor = started(std::string(526, 'x'));
  const std::string replies = repeated(floor_reply(std::string(526, 'x'), false), 16);
  Client client(floor->port());
  for (int again = 0; again < 3; ++again) {
    client.send(repeated(request, 16));
    EXPECT_EQ(client.receive(replies.size()), replies);
  }
}

TEST_F(FloorTest, AnswersMoreRequestsThanItHasCopies) {
  const auto floor = started(std::string(526, 'x'));
  const std::string replies = repeated(floor_reply(std::string(526, 'x'), false), 100);
  Client client(floor->port());
  client.send(repeated(request, 100));
  EXPECT_EQ(client.receive(replies.size()), replies);
}

TEST_F(FloorTest, KeepsWhatASlowReaderDidNotTake) {
  const std::string body(3'000'000, 'x');
  const auto floor = started(body);
  const std::string replies = repeated(floor_reply(body, false), 5);
  Client client(floor->port());
  client.send(repeated(request, 5));
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_TRUE(client.receive(replies.size()) == replies);
  client.send(request);
  EXPECT_EQ(client.receive(replies.size() / 5).size(), replies.size() / 5);
}

// Who still waited for room would be woken without end: there is always room.
TEST_F(FloorTest, SleepsOnceASlowReaderHasTakenAll) {
  const std::string body(3'000'000, 'x');
  const auto floor = started(body);
  Client client(floor->port());
  client.send(repeated(request, 5));
  std::this_thread::sleep_for(milliseconds(50));
  const std::size_t bytes = 5 * floor_reply(body, false).size();
  EXPECT_EQ(client.receive(bytes).size(), bytes);
  const std::clock_t before = std::clock();
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_LT(std::clock() - before, CLOCKS_PER_SEC / 50);
}

TEST_F(FloorTest, ClosesAfterOneReplyWhenAsked) {
  const auto floor = started("{}", true);
  const std::string reply = floor_reply("{}", true);
  for (int again = 0; again < 3; ++again) {
    Client client(floor->port());
    client.send(request);
    EXPECT_EQ(client.receive(reply.size()), reply);
    EXPECT_TRUE(client.is_closed());
  }
}

TEST_F(FloorTest, ClosesOnlyWhenALargeReplyIsSent) {
  const std::string body(3'000'000, 'x');
  const auto floor = started(body, true);
  const std::string reply = floor_reply(body, true);
  Client client(floor->port());
  client.send(request);
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_TRUE(client.receive(reply.size()) == reply);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(FloorTest, AnswersWithSeveralWorkers) {
  const auto floor = started("{}", false, 3);
  const std::string reply = floor_reply("{}", false);
  for (int again = 0; again < 20; ++again) {
    Client client(floor->port());
    client.send(request);
    EXPECT_EQ(client.receive(reply.size()), reply);
  }
}

TEST_F(FloorTest, SaysWhenAPortIsTaken) {
  const auto floor = started("{}");
  FloorSettings second;
  second.port = floor->port();
  const auto refused = Floor::start(second);
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().what().find("Address already in use"), std::string::npos);
}

}  // namespace
}  // namespace assay::truth
