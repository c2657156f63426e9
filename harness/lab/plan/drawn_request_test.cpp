#include "harness/lab/plan/drawn_request.h"

#include <cstdlib>
#include <set>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

using statistics::RandomStream;

WorkloadPart part_of(const std::string& path, const std::string& body, const std::string& reply) {
  return {1, "GET", path, "", body, {{200}, "text/plain", {reply}, false}};
}

TEST(DrawnRequest, PutsTheSameNumberIntoTheRequestAndItsReply) {
  RandomStream random(1);
  const auto drawn =
      drawn_request(part_of("/a/{random:5:5}/b/{random:70:70}", "", "{2} of {1}, {1}"), random);
  EXPECT_EQ(drawn.request.target, "/a/5/b/70");
  EXPECT_EQ(drawn.reply.texts, std::vector<std::string>{"70 of 5, 5"});
}

TEST(DrawnRequest, CountsThePlacesOfThePathBeforeThoseOfTheBody) {
  RandomStream random(1);
  const auto drawn =
      drawn_request(part_of("/{random:1:1}", R"({"n":{random:2:2}})", "{1} {2}"), random);
  EXPECT_EQ(drawn.request.body, R"({"n":2})");
  EXPECT_EQ(drawn.reply.texts, std::vector<std::string>{"1 2"});
}

TEST(DrawnRequest, DrawsEveryNumberFromTheFirstToTheLastAndNoOther) {
  RandomStream random(7);
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    seen.insert(drawn_request(part_of("{random:8:11}", "", ""), random).request.target);
  }
  EXPECT_EQ(seen, (std::set<std::string>{"10", "11", "8", "9"}));
}

TEST(DrawnRequest, LeavesOtherBracesAndUnknownDigitsAlone) {
  RandomStream random(1);
  const auto drawn = drawn_request(
      part_of("/{id}/{random:x}/{random:3:1}", R"({"a":{"b":1}})", "{1}={digits}"), random);
  EXPECT_EQ(drawn.request.target, "/{id}/{random:x}/{random:3:1}");
  EXPECT_EQ(drawn.request.body, R"({"a":{"b":1}})");
  EXPECT_EQ(drawn.reply.texts, std::vector<std::string>{"{1}={digits}"});
}

TEST(DrawnRequest, ExpectsItsOwnBodyBackWhereTheReplyIsAnEcho) {
  RandomStream random(1);
  WorkloadPart part = part_of("/", "n={random:4:4}", "");
  part.reply = {{200}, "text/plain", {}, true};
  const auto drawn = drawn_request(part, random);
  EXPECT_EQ(drawn.reply.texts, std::vector<std::string>{"n=4"});
  EXPECT_FALSE(drawn.reply.is_echo);
}

TEST(DrawnRequest, SendsTheContentTypeOfItsBodyAndNoneWithoutOne) {
  RandomStream random(1);
  WorkloadPart part = part_of("/", "{}", "");
  EXPECT_TRUE(drawn_request(part, random).request.headers.empty());
  part.content_type = "application/json";
  const auto headers = drawn_request(part, random).request.headers;
  ASSERT_EQ(headers.size(), 1U);
  EXPECT_EQ(headers.front().first + ": " + headers.front().second,
            "Content-Type: application/json");
}

}  // namespace
}  // namespace assay::lab
