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
