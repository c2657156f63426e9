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

}  // namespace
}  // namespace assay::cost
