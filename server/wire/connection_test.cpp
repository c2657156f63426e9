#include "server/wire/connection.h"

#include <string>

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

TEST(Connection, RefusesAHeadThatNeverEnds) {
  Silent silent;
  Connection fields(limits, no_date, silent);
  fields.receive("GET / HTTP/1.1\r\nX: " + std::string(17'000, 'x'));
  EXPECT_EQ(fields.output().substr(9, 3), "431");

  Connection target(limits, no_date, silent);
  target.receive("GET /" + std::string(17'000, 'x'));
  EXPECT_EQ(target.output().substr(9, 3), "414");
}

TEST(Connection, RefusesATargetAboveItsLimit) {
  Silent silent;
  Connection connection(limits, no_date, silent);
  connection.receive("GET /" + std::string(8 * 1024, 'x') + " HTTP/1.1\r\nHost: assay\r\n\r\n");
  EXPECT_EQ(connection.output().substr(9, 3), "414");
}

TEST(Connection, ClosesWhenThePeerHasEnded) {
  Silent silent;
  Connection connection(limits, no_date, silent);
  connection.receive("GET / HT");
  EXPECT_FALSE(connection.idle());
  connection.end();
  EXPECT_EQ(connection.needs(), Connection::Needs::close);
}

}  // namespace
}  // namespace assay::wire
