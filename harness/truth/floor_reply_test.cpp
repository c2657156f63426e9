#include "harness/truth/floor_reply.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

TEST(FloorReply, HasTheFieldsOfTheReferenceAndAFixedDate) {
  EXPECT_EQ(floor_reply("abc", false),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n"
            "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\nabc");
}

TEST(FloorReply, SaysCloseWhenTheConnectionEnds) {
  EXPECT_NE(floor_reply("abc", true).find("\r\nConnection: close\r\n\r\nabc"), std::string::npos);
}

TEST(ReplyRun, GivesManyRepliesInOnePiece) {
  const ReplyRun run("abcde");
  EXPECT_EQ(run.next(15), "abcdeabcdeabcde");
  EXPECT_EQ(run.next(5 * 64).size(), 5U * 64);
  EXPECT_EQ(run.next(5 * 1000).size(), 5U * 64);
}

TEST(ReplyRun, GoesOnInsideASplitReply) {
  const ReplyRun run("abcde");
  EXPECT_EQ(run.next(2), "de");
  EXPECT_EQ(run.next(7), "deabcde");
  EXPECT_EQ(run.next(5 * 1000 + 1).substr(0, 6), "eabcde");
}

// However little a send takes, what is sent in all is whole replies.
TEST(ReplyRun, AddsUpToWholeReplies) {
  const ReplyRun run("abcde");
  std::string sent;
  for (std::uint64_t owed = 5 * 70; owed > 0;) {
    const std::string_view piece = run.next(owed).substr(0, 3);
    sent += piece;
    owed -= piece.size();
  }
  std::string expected;
  for (int reply = 0; reply < 70; ++reply) expected += "abcde";
  EXPECT_EQ(sent, expected);
}

TEST(ReplyRun, TakesALargeReplyOnce) {
  const std::string large(1'000'000, 'x');
  EXPECT_EQ(ReplyRun(large).next(3'000'000).size(), large.size());
}

}  // namespace
}  // namespace assay::truth
