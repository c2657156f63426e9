#include "server/wire/connection.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

class Silent final : public Handler {
 public:
  void answer(const Request&, ReplyWriter&) override { ++calls; }
  int calls = 0;
};

const Limits limits;
const std::string no_date;
const std::string hello = "GET / HTTP/1.1\r\nHost: assay\r\n\r\n";

TEST(Connection, AnswersForAHandlerThatSaysNothing) {
  Silent silent;
  Connection connection(limits, no_date, silent);
  connection.receive(hello);
  EXPECT_EQ(connection.output().substr(0, 12), "HTTP/1.1 500");
  EXPECT_EQ(connection.needs(), Connection::Needs::write);
}

TEST(Connection, KeepsWhatASlowPeerHasNotTakenYet) {
  Silent silent;
  Connection connection(limits, no_date, silent);
  connection.receive(hello);
  const std::string whole(connection.output());
  connection.wrote(10);
  EXPECT_EQ(connection.output(), whole.substr(10));
  connection.wrote(whole.size() - 10);
  EXPECT_EQ(connection.needs(), Connection::Needs::bytes);
  EXPECT_TRUE(connection.idle());
}

TEST(Connection, ReadsNothingAfterAnError) {
  Silent silent;
  Connection connection(limits, no_date, silent);
  connection.receive("nonsense\r\n\r\n" + hello);
  connection.receive(hello);
  EXPECT_EQ(silent.calls, 0);
  connection.wrote(connection.output().size());
  EXPECT_EQ(connection.needs(), Connection::Needs::close);
}

TEST(Connection, ClosesAfterEachReplyWhenKeepAliveIsOff) {
  Limits closing;
  closing.keep_alive = false;
  Silent silent;
  Connection connection(closing, no_date, silent);
  connection.receive(hello + hello);
  EXPECT_EQ(silent.calls, 1);
  EXPECT_NE(connection.output().find("Connection: close"), std::string_view::npos);
}

// The status of the reply to `bytes`, sent in pieces of `size`.
std::string status_of_pieces(std::string_view bytes, std::size_t size) {
  Silent silent;
  Connection connection(limits, no_date, silent);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size()))) {
    connection.receive(bytes.substr(0, size));
  }
  return std::string(connection.output().substr(9, 3));
}

TEST(Connection, RefusesAHeadAboveItsLimitTheSameHoweverItArrives) {
  const std::string filler(17'000, 'x');
  const std::string end = " HTTP/1.1\r\nHost: assay\r\n\r\n";
  for (const std::size_t size : {1U, 1000U, 16'383U, 16'384U, 16'385U, 40'000U}) {
    EXPECT_EQ(status_of_pieces("GET /" + filler, size), "414") << size;
    EXPECT_EQ(status_of_pieces("GET /" + filler + end, size), "414") << size;
    EXPECT_EQ(status_of_pieces("GET / HTTP/1.1\r\nX: " + filler, size), "431") << size;
    EXPECT_EQ(status_of_pieces("GET / HTTP/1.1\r\nX: " + filler + "\r\n\r\n", size), "431") << size;
  }
}

TEST(Connection, RefusesATargetAboveItsLimit) {
  Silent silent;
  Connection connection(limits, no_date, silent);
  connection.receive("GET /" + std::string(8 * 1024, 'x') + " HTTP/1.1\r\nHost: assay\r\n\r\n");
  EXPECT_EQ(connection.output().substr(9, 3), "414");
}

TEST(Connection, KnowsWhetherThePeerOwesTheRestOfARequest) {
  Silent silent;
  Connection connection(limits, no_date, silent);
  EXPECT_FALSE(connection.in_request());
  connection.receive("GET / HT");
  EXPECT_TRUE(connection.in_request());
  EXPECT_FALSE(connection.idle());
  connection.receive(hello.substr(8));
  connection.wrote(connection.output().size());
  EXPECT_FALSE(connection.in_request());
  EXPECT_TRUE(connection.idle());
}

TEST(Connection, KnowsWhoWantedItClosed) {
  Limits closing;
  closing.keep_alive = false;
  Silent silent;
  Connection ours(closing, no_date, silent);
  ours.receive(hello);
  EXPECT_FALSE(ours.asked_to_close());
  Connection theirs(closing, no_date, silent);
  theirs.receive("GET / HTTP/1.1\r\nHost: assay\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(theirs.asked_to_close());
}

// Replies of 100 KB that start with what was asked.
class Large final : public Handler {
 public:
  void answer(const Request& request, ReplyWriter& reply) override {
    reply.body().append(request.path).append(100'000 - request.path.size(), '.');
    reply.send_body(200, "text/plain");
  }
};

TEST(Connection, LetsRequestsWaitWhileTooMuchIsUnwritten) {
  constexpr std::size_t requests = 200;
  Large large;
  Connection connection(limits, no_date, large);
  std::string input;
  for (std::size_t i = 0; i < requests; ++i) {
    input += "GET /" + std::to_string(i) + ". HTTP/1.1\r\nHost: assay\r\n\r\n";
  }
  connection.receive(input.substr(0, input.size() - 10));
  connection.receive(input.substr(input.size() - 10));
  std::string replies;
  while (connection.needs() == Connection::Needs::write) {
    EXPECT_LE(connection.output().size(), limits.output_bytes + 101'000);
    const std::string_view some = connection.output().substr(0, 70'000);  // a peer reads slowly
    replies += some;
    connection.wrote(some.size());
  }
  EXPECT_TRUE(connection.idle());
  std::size_t at = 0;
  for (std::size_t i = 0; i < requests; ++i) {
    at = replies.find("\r\n\r\n/" + std::to_string(i) + ".", at);
    ASSERT_NE(at, std::string::npos) << "reply " << i;
  }
}

}  // namespace
}  // namespace assay::wire
