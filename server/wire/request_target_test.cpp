#include "server/wire/request_target.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

// "path|query", or "refused".
std::string parts(std::string_view target, Method method = Method::get) {
  RequestHead head;
  head.method = method;
  head.target = target;
  const auto parsed = parse_target(head);
  if (!parsed) return "refused";
  return std::string(parsed->path) + "|" + std::string(parsed->query);
}

TEST(RequestTarget, IsSplitAtTheFirstQuestionMark) {
  EXPECT_EQ(parts("/"), "/|");
  EXPECT_EQ(parts("/find?q=a?b"), "/find|q=a?b");
  EXPECT_EQ(parts("/find?"), "/find|");
}

TEST(RequestTarget, LosesSchemeAndAuthorityOfTheAbsoluteForm) {
  EXPECT_EQ(parts("http://assay:8080/find?q=a"), "/find|q=a");
  EXPECT_EQ(parts("HTTP://[::1]:8080/"), "/|");
  EXPECT_EQ(parts("https://assay/"), "/|");
  EXPECT_EQ(parts("http://assay"), "/|");
  EXPECT_EQ(parts("http://assay?q=/a"), "/|q=/a");
}

TEST(RequestTarget, LeavesTheEscapesOfAQueryToItsReader) {
  EXPECT_EQ(parts("/a%20b?q=100%"), "/a%20b|q=100%");
}

TEST(RequestTarget, IsAStarForOptionsAlone) {
  EXPECT_EQ(parts("*", Method::options), "*|");
  EXPECT_EQ(parts("*", Method::get), "refused");
}

TEST(RequestTarget, RefusesEveryOtherForm) {
  for (const std::string_view target :
       {"", "find", "?q", "assay:443", "http:/assay/", "http://", "http:///find", "ftp://assay/",
        "http://user@assay/", "http://a,b/", "**", "/#top", "/%2", "/%zz", "/a%00b", "/\xc3\xa9"}) {
    EXPECT_EQ(parts(target), "refused") << "read: '" << target << "'";
  }
}

}  // namespace
}  // namespace assay::wire
