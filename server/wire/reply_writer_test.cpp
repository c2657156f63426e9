#include "server/wire/reply_writer.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

TEST(ReplyWriter, WritesHeadAndBodyInOnePiece) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n", true, false);
  EXPECT_TRUE(reply.add_field("X-Why", "because\tit is"));
  reply.send(201, "text/plain", "made");
  EXPECT_EQ(buffers.output,
            "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n"
            "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\nX-Why: because\tit is\r\n"
            "Connection: keep-alive\r\n\r\nmade");
}

TEST(ReplyWriter, RefusesAFieldThatWouldSplitTheReply) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", true, false);
  EXPECT_FALSE(reply.add_field("X", "a\r\nSet-Cookie: b"));
  EXPECT_FALSE(reply.add_field("X\r\nY", "a"));
  EXPECT_FALSE(reply.add_field("X: Y", "a"));
  EXPECT_FALSE(reply.add_field("", "a"));
  EXPECT_EQ(buffers.extra_fields, "");
}

TEST(ReplyWriter, RefusesFieldsThatItWritesItself) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", true, false);
  for (const std::string_view name :
       {"Content-Length", "content-type", "Transfer-Encoding", "CONNECTION", "Date"}) {
    EXPECT_FALSE(reply.add_field(name, "1")) << name;
  }
  EXPECT_EQ(buffers.extra_fields, "");
}

TEST(ReplyWriter, RefusesAFieldAfterTheReply) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", true, false);
  reply.send(204, "", "");
  EXPECT_FALSE(reply.add_field("X-Late", "1"));
}

TEST(ReplyWriter, AnswersAnErrorForATypeThatWouldSplitTheReply) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", true, false);
  reply.send(200, "text/html\r\nSet-Cookie: b", "body");
  EXPECT_EQ(buffers.output.substr(0, 12), "HTTP/1.1 500");
  EXPECT_EQ(buffers.output.find("Set-Cookie"), std::string::npos);
}

TEST(ReplyWriter, SaysTheLengthOfABodyThatHeadLeavesOut) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", false, true);
  reply.send(200, "text/plain", "12345");
  EXPECT_EQ(buffers.output,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
            "Connection: close\r\n\r\n");
}

TEST(ReplyWriter, GivesNoBodyAndNoLengthWithoutContent) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", true, false);
  reply.send(204, "text/plain", "ignored");
  EXPECT_EQ(buffers.output, "HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
}

TEST(ReplyWriter, SendsOnlyTheFirstReply) {
  ReplyBuffers buffers;
  ReplyWriter reply(buffers, "", true, false);
  reply.send(204, "", "");
  const std::string first = buffers.output;
  reply.send(200, "text/plain", "second");
  EXPECT_EQ(buffers.output, first);
}

}  // namespace
}  // namespace assay::wire
