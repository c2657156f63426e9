#include "harness/truth/request_reader.h"

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

std::vector<Request> read(std::string_view bytes) {
  std::vector<Request> requests;
  EXPECT_TRUE(RequestReader().read(bytes, requests));
  return requests;
}

Persistence persistence_of(std::string_view head) { return read(head).at(0).persistence; }

TEST(RequestReader, KeepsAConnectionUnlessItIsAskedNotTo) {
  EXPECT_EQ(persistence_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), Persistence::kept);
  EXPECT_EQ(persistence_of("GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n"), Persistence::kept);
  EXPECT_EQ(persistence_of("GET / HTTP/1.1\r\nconnection:close\r\n\r\n"), Persistence::ends);
  EXPECT_EQ(persistence_of("GET / HTTP/1.1\r\nConnection: TE, Close \r\n\r\n"), Persistence::ends);
  EXPECT_EQ(persistence_of("GET / HTTP/1.1\r\nX: Connection: close\r\n\r\n"), Persistence::kept);
}

TEST(RequestReader, EndsAConnectionOfHttp10UnlessItIsAskedNotTo) {
  EXPECT_EQ(persistence_of("GET / HTTP/1.0\r\n\r\n"), Persistence::ends);
  EXPECT_EQ(persistence_of("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"),
            Persistence::said_kept);
}

TEST(RequestReader, KnowsWhoAsksForTheRecord) {
  EXPECT_TRUE(read("GET /__truth__ HTTP/1.1\r\n\r\n").at(0).asks_for_record);
  EXPECT_FALSE(read("GET /__truth__/x HTTP/1.1\r\n\r\n").at(0).asks_for_record);
  EXPECT_FALSE(
      read("GET /json HTTP/1.1\r\nReferer: GET /__truth__ \r\n\r\n").at(0).asks_for_record);
}

TEST(RequestReader, FindsTheSameWhereverTheBytesAreSplit) {
  const std::string text =
      "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /__truth__ HTTP/1.1\r\n\r\n"
      "GET /b HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET";
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (std::size_t second = first; second <= text.size(); ++second) {
      RequestReader reader;
      std::vector<Request> requests;
      reader.read(text.substr(0, first), requests);
      reader.read(text.substr(first, second - first), requests);
      reader.read(text.substr(second), requests);
      ASSERT_EQ(requests.size(), 3U) << first << " " << second;
      EXPECT_TRUE(requests[1].asks_for_record);
      EXPECT_FALSE(requests[0].asks_for_record || requests[2].asks_for_record);
      EXPECT_EQ(requests[2].persistence, Persistence::said_kept);
    }
  }
}

TEST(RequestReader, RefusesAHeadWithoutAnEnd) {
  RequestReader reader;
  std::vector<Request> requests;
  const std::string endless(RequestReader::head_limit_bytes, 'x');
  EXPECT_TRUE(reader.read(endless, requests));
  EXPECT_FALSE(reader.read("x", requests));
  EXPECT_TRUE(requests.empty());
}

}  // namespace
}  // namespace assay::truth
