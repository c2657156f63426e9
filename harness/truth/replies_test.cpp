#include "harness/truth/replies.h"

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

std::string sent(Fate fate, Persistence persistence = Persistence::kept,
                 const std::string& body = "0123456789") {
  std::string bytes;
  Replies(body).append(bytes, fate, persistence);
  return bytes;
}

const std::string after_status =
    "\r\nContent-Type: application/json\r\nContent-Length: 10\r\n"
    "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";

TEST(Replies, DifferOnlyInWhatTheirFateSays) {
  EXPECT_EQ(sent(Fate::right), "HTTP/1.1 200 OK" + after_status + "\r\n0123456789");
  EXPECT_EQ(sent(Fate::slow), sent(Fate::right));
  EXPECT_EQ(sent(Fate::error),
            "HTTP/1.1 500 Internal Server Error" + after_status + "\r\n0123456789");
  EXPECT_EQ(sent(Fate::refused),
            "HTTP/1.1 503 Service Unavailable" + after_status + "\r\n0123456789");
  EXPECT_EQ(sent(Fate::wrong), "HTTP/1.1 200 OK" + after_status + "\r\n012345678?");
  EXPECT_EQ(sent(Fate::truncated), "HTTP/1.1 200 OK" + after_status + "\r\n01234");
  EXPECT_EQ(sent(Fate::reset), "");
  EXPECT_EQ(sent(Fate::silent), "");
}

TEST(Replies, AreWrongWhateverTheBodyEndsWith) {
  EXPECT_TRUE(sent(Fate::wrong, Persistence::kept, "what?").ends_with("\r\n\r\nwhat!"));
}

TEST(Replies, SayWhatBecomesOfTheConnection) {
  EXPECT_EQ(sent(Fate::right, Persistence::ends),
            "HTTP/1.1 200 OK" + after_status + "Connection: close\r\n\r\n0123456789");
  EXPECT_EQ(sent(Fate::right, Persistence::said_kept),
            "HTTP/1.1 200 OK" + after_status + "Connection: keep-alive\r\n\r\n0123456789");
}

}  // namespace
}  // namespace assay::truth
