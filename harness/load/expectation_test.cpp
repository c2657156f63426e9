#include "harness/load/expectation.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

const Expectation document{200, "application/json", R"({"a":1})"};

TEST(Expectation, AcceptsTheReplyItDescribes) {
  EXPECT_EQ(check(document, {200, "application/json", R"({"a":1})"}), std::nullopt);
}

TEST(Expectation, IgnoresParametersAndCaseOfTheMediaType) {
  for (const auto* type :
       {"application/json; charset=utf-8", "Application/JSON", "application/json ;charset=x"}) {
    EXPECT_EQ(check(document, {200, type, R"({"a":1})"}), std::nullopt) << type;
  }
}

TEST(Expectation, NamesTheFirstThingThatIsNotAsItMustBe) {
  EXPECT_EQ(check(document, {500, "text/plain", "oops"}), Mismatch::status);
  EXPECT_EQ(check(document, {200, "text/plain", "oops"}), Mismatch::type);
  EXPECT_EQ(check(document, {200, "", R"({"a":1})"}), Mismatch::type);
  EXPECT_EQ(check(document, {200, "application/json", ""}), Mismatch::length);
  EXPECT_EQ(check(document, {200, "application/json", R"({"a":1} )"}), Mismatch::length);
  EXPECT_EQ(check(document, {200, "application/json", R"({"a":2})"}), Mismatch::body);
}

TEST(Expectation, ThatSaysNothingAcceptsAnySuccess) {
  EXPECT_EQ(check({}, {200, "text/html", "anything"}), std::nullopt);
  EXPECT_EQ(check({}, {204, "", ""}), std::nullopt);
  EXPECT_EQ(check({}, {302, "", ""}), Mismatch::status);
  EXPECT_EQ(check({}, {500, "", ""}), Mismatch::status);
}

TEST(Expectation, OfAnEmptyBodyRefusesAnyByte) {
  EXPECT_EQ(check({{}, {}, ""}, {200, "", ""}), std::nullopt);
  EXPECT_EQ(check({{}, {}, ""}, {200, "", "x"}), Mismatch::length);
}

TEST(ReplyCheck, SaysTheSameHoweverTheBodyIsSplit) {
  const std::string right = R"({"a":1})";
  const std::string wrong = R"({"a":2})";
  const std::string longer = R"({"a":1}{"a":1})";
  for (const auto& [body, answer] : {std::pair{right, std::optional<Mismatch>()},
                                     {wrong, Mismatch::body},
                                     {longer, Mismatch::length}}) {
    for (std::size_t cut = 0; cut <= body.size(); ++cut) {
      ReplyCheck check(document);
      check.begin(200, "application/json");
      check.body(std::string_view(body).substr(0, cut));
      check.body(std::string_view(body).substr(cut));
      EXPECT_EQ(check.end(), answer) << body << " @" << cut;
    }
  }
}

TEST(ReplyCheck, BeginsAnewWithEachReply) {
  ReplyCheck check(document);
  check.begin(500, "text/plain");
  check.body("oops");
  EXPECT_EQ(check.end(), Mismatch::status);
  check.begin(200, "application/json");
  check.body(R"({"a":1})");
  EXPECT_EQ(check.end(), std::nullopt);
}

}  // namespace
}  // namespace assay::load
