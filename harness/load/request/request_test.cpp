#include "harness/load/request/request.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

TEST(Request, HasTheHostAndNothingThatIsNotNeeded) {
  EXPECT_EQ(wire_bytes({"GET", "/json", {}, ""}, "127.0.0.1:8080", true),
            "GET /json HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
}

TEST(Request, AsksForACloseWhenTheConnectionIsNotKept) {
  EXPECT_EQ(wire_bytes({"GET", "/", {}, ""}, "a", false),
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
}

TEST(Request, GivesTheLengthOfItsBody) {
  EXPECT_EQ(wire_bytes({"POST", "/echo", {{"Content-Type", "text/plain"}}, "hello"}, "a", true),
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
            "Content-Length: 5\r\n\r\nhello");
  EXPECT_EQ(wire_bytes({"PUT", "/", {}, ""}, "a", true),
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
}

TEST(Request, DoesNotRepeatWhatItsHeadersSay) {
  EXPECT_EQ(wire_bytes({"POST", "/", {{"hOST", "b"}, {"content-length", "2"}}, "ab"}, "a", true),
            "POST / HTTP/1.1\r\nhOST: b\r\ncontent-length: 2\r\n\r\nab");
}

}  // namespace
}  // namespace assay::load
