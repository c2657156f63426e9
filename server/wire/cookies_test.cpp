#include "server/wire/cookies.h"

#include <iterator>
#include <ranges>
#include <string>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

static_assert(std::forward_iterator<Cookies::Iterator>);
static_assert(std::ranges::forward_range<Cookies>);

// "name>value|" for each cookie.
std::string cookies(std::string_view field_value) {
  std::string text;
  for (const auto& [name, value] : Cookies(field_value)) {
    text.append(name).append(">").append(value) += '|';
  }
  return text;
}

TEST(Cookies, AreGivenInOrder) {
  EXPECT_EQ(cookies("session=31d4; theme=dark"), "session>31d4|theme>dark|");
  EXPECT_EQ(cookies("a=1;b=2"), "a>1|b>2|");
  EXPECT_EQ(cookies(""), "");
}

TEST(Cookies, AreSplitAtTheFirstEqualsSign) {
  EXPECT_EQ(cookies("token=YWJj==; a="), "token>YWJj==|a>|");
}

TEST(Cookies, LoseBlanksAroundNameAndValue) {
  EXPECT_EQ(cookies(" \ta \t= \tb c\t ;\td=e "), "a>b c|d>e|");
}

TEST(Cookies, LoseOnePairOfQuotesAroundTheValue) {
  EXPECT_EQ(cookies("a=\"b\"; c= \"d\" ; e=\"\""), "a>b|c>d|e>|");
  EXPECT_EQ(cookies("a=\"; b=\"c; d=e\"; f=\"\"g\"\""), "a>\"|b>\"c|d>e\"|f>\"g\"|");
}

TEST(Cookies, AreNotHeldTogetherByQuotes) {
  EXPECT_EQ(cookies("a=\"b; admin=1\""), "a>\"b|admin>1\"|");
}

TEST(Cookies, PassOverPartsWithoutNameOrEqualsSign) {
  EXPECT_EQ(cookies("; ;; a; =b; \t=c; d=e;"), "d>e|");
  EXPECT_EQ(Cookies(" ; ").begin(), Cookies({}).end());
}

TEST(Cookies, AreFoundByNameAndTheFirstOfANameWins) {
  const Cookies found("a=1; A=2; a=3; ab=4");
  EXPECT_EQ(found.find("a"), "1");
  EXPECT_EQ(found.find("A"), "2");
  EXPECT_EQ(found.find("b"), std::nullopt);
  EXPECT_EQ(found.find(""), std::nullopt);
}

TEST(Cookies, KeepEncodedTextAsSent) { EXPECT_EQ(cookies("a=%20+"), "a>%20+|"); }

}  // namespace
}  // namespace assay::wire
