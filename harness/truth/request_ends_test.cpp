#include "harness/truth/request_ends.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

TEST(RequestEnds, AreCountedInOnePiece) {
  EXPECT_EQ(RequestEnds().in(""), 0U);
  EXPECT_EQ(RequestEnds().in("GET / HTTP/1.1\r\n"), 0U);
  EXPECT_EQ(RequestEnds().in("GET / HTTP/1.1\r\n\r\n"), 1U);
  EXPECT_EQ(RequestEnds().in("a\r\n\r\nb\r\n\r\nc\r\n\r\n"), 3U);
  EXPECT_EQ(RequestEnds().in("\r\n\r\n\r\n\r\n"), 2U);
}

TEST(RequestEnds, AreNotSeenInWhatOnlyResemblesThem) {
  EXPECT_EQ(RequestEnds().in("\n\n\r\r\n\n\r\n\r\r\n"), 0U);
}

TEST(RequestEnds, AreTheSameWhereverTheBytesAreSplit) {
  const std::string text = "a: b\r\n\r\n\r\r\n\r\nx\r\n\r\r\n\r\ny\r\n\r";
  const std::size_t whole = RequestEnds().in(text);
  EXPECT_EQ(whole, 3U);
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (std::size_t second = first; second <= text.size(); ++second) {
      RequestEnds ends;
      std::size_t count = ends.in(text.substr(0, first));
      count += ends.in(text.substr(first, second - first));
      count += ends.in(text.substr(second));
      EXPECT_EQ(count, whole) << "split at " << first << " and " << second;
    }
  }
}

TEST(RequestEnds, AreTheSameByteByByte) {
  RequestEnds ends;
  std::size_t count = 0;
  for (const char byte : std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET")) {
    count += ends.in({&byte, 1});
  }
  EXPECT_EQ(count, 1U);
}

}  // namespace
}  // namespace assay::truth
