#include "server/wire/reply_writer.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

TEST(ReplyWriter, WritesHeadAndBodyInOnePiece) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n", {});
  EXPECT_TRUE(reply.add_field("X-Why", "because\tit is"));
  reply.send(201, "text/plain", "made");
  EXPECT_EQ(buffers.output,
            "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n"
            "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\nX-Why: because\tit is\r\n\r\nmade");
}

TEST(ReplyWriter, RefusesAFieldThatWouldSplitTheReply) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  EXPECT_FALSE(reply.add_field("X", "a\r\nSet-Cookie: b"));
  EXPECT_FALSE(reply.add_field("X\r\nY", "a"));
  EXPECT_FALSE(reply.add_field("X: Y", "a"));
  EXPECT_FALSE(reply.add_field("", "a"));
  EXPECT_EQ(buffers.extra_fields, "");
}

TEST(ReplyWriter, RefusesFieldsThatItWritesItself) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  for (const std::string_view name :
       {"Content-Length", "content-type", "Transfer-Encoding", "CONNECTION", "Date"}) {
    EXPECT_FALSE(reply.add_field(name, "1")) << name;
  }
  EXPECT_EQ(buffers.extra_fields, "");
}

TEST(ReplyWriter, RefusesAFieldAfterTheReply) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  reply.send(204, "", "");
  EXPECT_FALSE(reply.add_field("X-Late", "1"));
}

TEST(ReplyWriter, AnswersAnErrorForATypeThatWouldSplitTheReply) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  reply.send(200, "text/html\r\nSet-Cookie: b", "body");
  EXPECT_EQ(buffers.output.substr(0, 12), "HTTP/1.1 500");
  EXPECT_EQ(buffers.output.find("Set-Cookie"), std::string::npos);
}

TEST(ReplyWriter, SaysTheLengthOfABodyThatHeadLeavesOut) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {.keep_alive = false, .head_only = true});
  reply.send(200, "text/plain", "12345");
  EXPECT_EQ(buffers.output,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
            "Connection: close\r\n\r\n");
}

TEST(ReplyWriter, GivesNoBodyAndNoLengthWithoutContent) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  reply.send(204, "text/plain", "ignored");
  EXPECT_EQ(buffers.output, "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(ReplyWriter, SendsOnlyTheFirstReply) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  reply.send(204, "", "");
  const std::string first = buffers.output;
  reply.send(200, "text/plain", "second");
  EXPECT_EQ(buffers.output, first);
}

TEST(ReplyWriter, TellsAnOlderPeerThatTheConnectionStays) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {.for_http_1_0 = true});
  reply.send(204, "", "");
  EXPECT_EQ(buffers.output, "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
}

TEST(ReplyWriter, DoesNotCopyALargeBody) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  reply.body().assign(100'000, 'x');
  const char* const built = reply.body().data();
  reply.send_body(200, "text/plain");
  EXPECT_EQ(buffers.output,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n");
  EXPECT_EQ(buffers.tail.data(), built);
  EXPECT_EQ(buffers.tail.size(), 100'000U);
}

TEST(ReplyWriter, SaysWhereTheBodyOfASplitReplyBegins) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {.split = true});
  reply.send(200, "text/plain", "body");
  EXPECT_EQ(buffers.output.substr(buffers.split_at), "body");
}

TEST(ReplyWriter, AnswersAnErrorForAStatusThatEndsNothing) {
  for (const int status : {0, 100, 101, 199, 600, -1}) {
    ReplyBuffers buffers;
    ReplyWriter reply(buffers, "", {});
    reply.send(status, "text/plain", "body");
    EXPECT_EQ(buffers.output.substr(0, 12), "HTTP/1.1 500") << status;
  }
}

TEST(ReplyWriter, GivesResetContentALengthOfNothing) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  reply.send(205, "text/plain", "body");
  EXPECT_TRUE(buffers.output.ends_with("Content-Length: 0\r\n\r\n")) << buffers.output;
  ReplyWriter large(buffers, "", {});
  large.body().assign(100'000, 'x');
  large.send_body(205, "text/plain");
  EXPECT_TRUE(buffers.tail.empty());
}

class Never final : public BodySource {
 public:
  bool more(std::string&) override { return false; }
};

TEST(ReplyWriter, EndsAnOlderPeersStreamWithItsConnection) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {.for_http_1_0 = true});
  reply.stream(200, "text/plain", std::make_unique<Never>());
  EXPECT_EQ(buffers.output,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n");
  EXPECT_FALSE(reply.keep_alive());
}

TEST(ReplyWriter, AsksNoSourceForTheBodyOfHead) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {.head_only = true});
  reply.stream(200, "text/plain", std::make_unique<Never>());
  EXPECT_FALSE(buffers.stream.is_open());
}

TEST(ReplyWriter, SaysTheLengthOfAStreamThatHasOne) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {.for_http_1_0 = true});
  reply.stream(206, "text/plain", std::make_unique<Never>(), 9'000'000'000);
  EXPECT_EQ(buffers.output,
            "HTTP/1.1 206 Partial Content\r\nContent-Type: text/plain\r\n"
            "Content-Length: 9000000000\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(buffers.stream.is_open());
}

TEST(ReplyWriter, StreamsNothingWhereNoContentMayBe) {
  for (const int status : {204, 205, 304}) {
    ReplyBuffers buffers;
    ReplyWriter reply(buffers, "", {});
    reply.stream(status, "text/plain", std::make_unique<Never>(), 3);
    EXPECT_FALSE(buffers.stream.is_open()) << status;
    EXPECT_EQ(buffers.output.find("Length: 3"), std::string::npos) << status;
  }
}

// Its length would be said, and the next reply be taken for it.
TEST(ReplyWriter, AnswersAnErrorForAStreamOfNothing) {
  for (const bool head_only : {false, true}) {
    ReplyBuffers buffers;
    ReplyWriter reply(buffers, "", {.head_only = head_only});
    reply.stream(200, "text/plain", nullptr, 3);
    EXPECT_TRUE(buffers.output.starts_with("HTTP/1.1 500 ")) << buffers.output;
    EXPECT_FALSE(buffers.stream.is_open());
  }
}

class Later final : public LateReply {
 public:
  void when_ready(std::function<void()>) override {}
  void finish(ReplyWriter&) override {}
};

TEST(ReplyWriter, IsLateOnlyWhereNothingWasSaid) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", {});
  reply.send(204, "", "");
  reply.later(std::make_unique<Later>());
  EXPECT_EQ(buffers.late, nullptr);
}

}  // namespace
}  // namespace assay::wire
