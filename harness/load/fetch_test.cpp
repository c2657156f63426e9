#include "harness/load/fetch.h"

#include <gtest/gtest.h>

#include "harness/load/scripted_server.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;
using Answer = ScriptedServer::Answer;
using Then = Answer::Then;

Result<Reply> fetched(const Answer& answer, nanoseconds timeout = std::chrono::minutes(1)) {
  const ScriptedServer server([&](std::size_t) { return answer; });
  return fetch("127.0.0.1", server.port(), {}, timeout);
}

TEST(Fetch, GivesTheWholeReply) {
  const std::string body(100'000, 'b');
  const Result<Reply> reply = fetched({right_reply(body)});
  ASSERT_TRUE(reply.has_value()) << reply.error().what();
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->content_type, "text/plain");
  EXPECT_EQ(reply->body, body);
}

TEST(Fetch, GivesAReplyThatEndsWithTheConnection) {
  const Result<Reply> reply = fetched({"HTTP/1.0 404 No\r\n\r\ngone", Then::close});
  ASSERT_TRUE(reply.has_value()) << reply.error().what();
  EXPECT_EQ(reply->status, 404);
  EXPECT_EQ(reply->body, "gone");
}

TEST(Fetch, SaysWhyThereIsNoReply) {
  for (const auto& [answer, reason] :
       {std::pair{Answer{"220 mail\r\n"}, "status line"},
        {Answer{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", Then::close}, "ended before"}}) {
    const Result<Reply> reply = fetched(answer);
    ASSERT_FALSE(reply.has_value()) << reason;
    EXPECT_NE(reply.error().what().find(reason), std::string::npos) << reply.error().what();
  }
}

TEST(Fetch, WaitsNoLongerThanItIsTold) {
  const Answer late{right_reply("late"), Then::keep, std::chrono::minutes(1)};
  const Result<Reply> reply = fetched(late, milliseconds(300));
  ASSERT_FALSE(reply.has_value());
  EXPECT_NE(reply.error().what().find("too long"), std::string::npos) << reply.error().what();
}

}  // namespace
}  // namespace assay::load
