#include "harness/cost/reply_count.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::cost {
namespace {

const std::string reply = "HTTP/1.1 200 OK\r\n\r\n{}";

TEST(ReplyCount, CountsWholeRepliesWhereverTheyAreSplit) {
  const std::string two = reply + reply;
  for (std::size_t cut = 0; cut <= two.size(); ++cut) {
    ReplyCount count(reply.size());
    EXPECT_EQ(count.in(two.substr(0, cut)) + count.in(two.substr(cut)), 2U) << "split at " << cut;
    EXPECT_TRUE(count.is_right()) << "split at " << cut;
    EXPECT_TRUE(count.is_between());
  }
}

TEST(ReplyCount, SeesAnotherStatusByteByByte) {
  ReplyCount count(reply.size());
  std::string other = reply + reply;
  other.replace(reply.size(), 12, "HTTP/1.1 503");
  for (const char byte : other) count.in({&byte, 1});
  EXPECT_FALSE(count.is_right());
}

TEST(ReplyCount, SeesALongerReplyInTheNext) {
  ReplyCount count(reply.size());
  count.in(reply + "x" + reply);
  EXPECT_FALSE(count.is_right());
}

TEST(ReplyCount, SeesAShorterReplyInWhatIsLeftOver) {
  ReplyCount count(reply.size());
  count.in(reply.substr(1));
  EXPECT_FALSE(count.is_between());
}

const std::string short_reply = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n9";
const std::string long_reply = "HTTP/1.1 200 OK\r\nETag: \"10\"\r\nContent-Length: 2\r\n\r\n10";

TEST(DifferentReplies, AreCountedWhereverTheyAreSplit) {
  const std::string three = short_reply + long_reply + short_reply;
  for (std::size_t cut = 0; cut <= three.size(); ++cut) {
    ReplyCount count(std::nullopt);
    EXPECT_EQ(count.in(three.substr(0, cut)) + count.in(three.substr(cut)), 3U)
        << "split at " << cut;
    EXPECT_TRUE(count.is_right()) << "split at " << cut;
    EXPECT_TRUE(count.is_between()) << "split at " << cut;
  }
}

TEST(DifferentReplies, AreWrongWithAnotherStatusOrNoHead) {
  for (const std::string wrong : {"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
                                  "nothing of HTTP\r\n\r\n"}) {
    ReplyCount count(std::nullopt);
    count.in(short_reply + wrong);
    EXPECT_FALSE(count.is_right()) << wrong;
  }
}

TEST(DifferentReplies, AreNotOverBeforeTheirLastByte) {
  ReplyCount count(std::nullopt);
  EXPECT_EQ(count.in(long_reply.substr(0, long_reply.size() - 1)), 0U);
  EXPECT_FALSE(count.is_between());
}

}  // namespace
}  // namespace assay::cost
