#include "harness/load/reply/expectation.h"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>

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

TEST(Expectation, MayHaveSeveralStatuses) {
  const Expectation expectation{200, {}, {}, {}, {404, 410}};
  for (const int status : {200, 404, 410}) {
    EXPECT_EQ(check(expectation, {status, "", ""}), std::nullopt) << status;
  }
  for (const int status : {201, 400, 500}) {
    EXPECT_EQ(check(expectation, {status, "", ""}), Mismatch::status) << status;
  }
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

Expectation of_rule(const Result<BodyRule>& rule) {
  EXPECT_TRUE(rule.has_value());
  return {200, {}, {}, std::make_shared<const BodyRule>(*rule)};
}

std::optional<Mismatch> end_of(ReplyCheck& check, std::initializer_list<std::string_view> pieces) {
  check.begin(200, "application/json");
  for (const std::string_view piece : pieces) check.body(std::string(piece));  // gone behind it
  return check.end();
}

TEST(ReplyCheck, HoldsABodyAgainstARule) {
  const Expectation expectation = of_rule(BodyRule::json(R"({"a":1,"b":2})"));
  EXPECT_EQ(check(expectation, {200, "", R"({"b":2, "a":1.0})"}), std::nullopt);
  EXPECT_EQ(check(expectation, {200, "", R"({"a":1,"b":3})"}), Mismatch::body);
  EXPECT_EQ(check(expectation, {200, "", ""}), Mismatch::body);
  EXPECT_EQ(check(expectation, {500, "", R"({"a":1,"b":2})"}), Mismatch::status);
}

TEST(ReplyCheck, HoldsABodyAgainstBothItsBytesAndARule) {
  Expectation both = of_rule(BodyRule::contains("ok"));
  both.body = "it is ok";
  EXPECT_EQ(check(both, {200, "", "it is ok"}), std::nullopt);
  EXPECT_EQ(check(both, {200, "", "is it ok"}), Mismatch::body);
  EXPECT_EQ(check(both, {200, "", "ok"}), Mismatch::length);
  both.body = "it is not";
  EXPECT_EQ(check(both, {200, "", "it is not"}), Mismatch::body);
}

// Each body may be the accepted one, begin like it, or go on where it ends.
TEST(ReplyCheck, AsksTheRuleAgainForWhatIsNotTheLastAcceptedBody) {
  const Expectation expectation = of_rule(BodyRule::contains("ab"));
  ReplyCheck check(expectation);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(end_of(check, {"xxab"}), std::nullopt);
    EXPECT_EQ(end_of(check, {"xxab"}), std::nullopt);
    EXPECT_EQ(end_of(check, {"xxa"}), Mismatch::body);
    EXPECT_EQ(end_of(check, {"xxa", "c"}), Mismatch::body);
    EXPECT_EQ(end_of(check, {}), Mismatch::body);
    EXPECT_EQ(end_of(check, {""}), Mismatch::body);
    EXPECT_EQ(end_of(check, {"xxab", "more"}), std::nullopt);
    EXPECT_EQ(end_of(check, {"xxab"}), std::nullopt);
    EXPECT_EQ(end_of(check, {"xxab", "more"}), std::nullopt);
    EXPECT_EQ(end_of(check, {"xxa", "bmore"}), std::nullopt);
    EXPECT_EQ(end_of(check, {"xxc", "bmore"}), Mismatch::body);
    EXPECT_EQ(end_of(check, {"ab"}), std::nullopt);
  }
}

TEST(ReplyCheck, JoinsThePiecesOfABodyForItsRule) {
  const Expectation expectation = of_rule(BodyRule::json(R"([1,"two",{"three":3}])"));
  const std::string same = R"([1.0, "tw\u006f",{"three":3e0}])";
  const std::string other = R"([1.0, "tw\u006f",{"three":4e0}])";
  ReplyCheck check(expectation);
  for (std::size_t cut = 0; cut <= same.size(); ++cut) {
    const auto split = [&](std::string_view body) {
      return end_of(check, {body.substr(0, cut), body.substr(cut)});
    };
    EXPECT_EQ(split(same), std::nullopt) << cut;
    EXPECT_EQ(split(other), Mismatch::body) << cut;
    EXPECT_EQ(end_of(check, {R"([1,"two",{"three":3}])"}), std::nullopt) << cut;
  }
}

TEST(ReplyCheck, AcceptsAnEmptyBodyOnlyIfTheRuleDoes) {
  const Expectation any = of_rule(BodyRule::schema("true"));
  ReplyCheck check(any);
  EXPECT_EQ(end_of(check, {}), Mismatch::body);  // no JSON
  EXPECT_EQ(end_of(check, {"1"}), std::nullopt);
  EXPECT_EQ(end_of(check, {}), Mismatch::body);
}

TEST(ReplyCheck, JudgesLongBodiesUpToALimit) {
  const Expectation expectation = of_rule(BodyRule::contains("start"));
  const std::string piece(ReplyCheck::longest_judged / 4, 'x');
  ReplyCheck check(expectation);
  const auto body = [&](std::size_t bytes) {
    check.begin(200, "");
    check.body("start");
    for (std::size_t left = bytes - 5; left > 0;) {
      const std::size_t size = std::min(left, piece.size());
      check.body(std::string_view(piece).substr(0, size));
      left -= size;
    }
    return check.end();
  };
  EXPECT_EQ(body(ReplyCheck::longest_judged), std::nullopt);
  EXPECT_EQ(body(ReplyCheck::longest_judged + 1), Mismatch::body);
  EXPECT_EQ(body(ReplyCheck::longest_kept + 1), std::nullopt);
  EXPECT_EQ(body(ReplyCheck::longest_kept), std::nullopt);
  EXPECT_EQ(body(ReplyCheck::longest_kept), std::nullopt);
}

}  // namespace
}  // namespace assay::load
