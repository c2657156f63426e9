#include "harness/lab/trial/reply_match.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

ReplyRule rule_of(const std::string& type, std::vector<std::string> texts) {
  return {{200}, type, std::move(texts), false};
}

TEST(ReplyMatch, TakesTheSameBytesAsExact) {
  const auto found =
      match(rule_of("text/plain", {"Hello"}), {200, "text/plain; charset=utf-8", "Hello"});
  EXPECT_TRUE(found.is_right());
  EXPECT_TRUE(found.is_exact);
}

TEST(ReplyMatch, TakesEqualJsonInOtherBytesAndCountsThem) {
  const auto rule = rule_of("application/json", {R"({"price":42.0,"name":"a"})"});
  const auto found = match(rule, {200, "application/json", R"({"name": "a", "price": 42})"});
  EXPECT_TRUE(found.is_right()) << found.difference;
  EXPECT_FALSE(found.is_exact);
  EXPECT_EQ(found.unequal_bytes(), "26 bytes where 25 are expected, equal as JSON");
}

TEST(ReplyMatch, KeepsQuietAboutOnePercentOfBytes) {
  EXPECT_EQ((ReplyMatch{"", false, 101, 100}.unequal_bytes()), "");
  EXPECT_EQ((ReplyMatch{"", false, 102, 100}.unequal_bytes()),
            "102 bytes where 100 are expected, equal as JSON");
}

TEST(ReplyMatch, DoesNotTakeOtherTextForTheSameAsJsonIs) {
  EXPECT_FALSE(match(rule_of("text/plain", {"{}"}), {200, "text/plain", "{ }"}).is_right());
}

TEST(ReplyMatch, SaysWhereBodiesPartWithBothSides) {
  const auto found = match(rule_of("text/plain", {"Found: 7"}), {200, "text/plain", "Found: 8"});
  EXPECT_EQ(
      found.difference,
      "a body of 8 bytes that differs at byte 7 from the 8 expected: [Found: 8] for [Found: 7]");
}

TEST(ReplyMatch, SaysWhichStatusAndTypeAreExpected) {
  ReplyRule rule = rule_of("text/plain", {"x"});
  rule.statuses = {200, 404};
  EXPECT_EQ(match(rule, {500, "text/plain", "oh"}).difference,
            "status 500 where 200 or 404 is expected, with the body [oh]");
  EXPECT_EQ(match(rule, {404, "text/html", "x"}).difference,
            "content type \"text/html\" where text/plain is expected");
  EXPECT_TRUE(match(rule, {404, "text/plain", "x"}).is_right());
}

TEST(ReplyMatch, TakesAnyNumberForDigitsAndEachOfSeveralTexts) {
  const auto rule = rule_of("text/plain", {"Created: 7", "Found: 7, counter={digits}"});
  EXPECT_TRUE(match(rule, {200, "text/plain", "Created: 7"}).is_right());
  EXPECT_TRUE(match(rule, {200, "text/plain", "Found: 7, counter=12"}).is_right());
  EXPECT_FALSE(match(rule, {200, "text/plain", "Found: 7, counter="}).is_right());
}

TEST(ReplyMatch, TakesAnyBodyWhereNoneIsAskedFor) {
  ReplyRule rule = rule_of("", {});
  rule.statuses = {422};
  EXPECT_TRUE(match(rule, {422, "application/problem+json", "{}"}).is_right());
  EXPECT_FALSE(match(rule, {200, "application/json", "{}"}).is_right());
}

WorkloadPart part_of(ReplyRule rule) { return {1, "GET", "/", "", "", std::move(rule)}; }

TEST(ExpectationOf, ComparesBytesWhereAFirstReplyHadThem) {
  const auto part = part_of(rule_of("application/json", {"[1]"}));
  EXPECT_EQ(expectation_of(part, true).body, "[1]");
  EXPECT_FALSE(expectation_of(part, false).body);
  ASSERT_NE(expectation_of(part, false).rule, nullptr);
  EXPECT_TRUE(expectation_of(part, false).rule->accepts("[ 1 ]"));
}

TEST(ExpectationOf, TakesAnyNumberInThePlaceOfADrawnOne) {
  const auto part = part_of(rule_of("text/plain", {"Deleted: {1}\n", "Not found: {1}\n"}));
  const auto rule = expectation_of(part, true).rule;
  ASSERT_NE(rule, nullptr);
  EXPECT_TRUE(rule->accepts("Deleted: 7\n"));
  EXPECT_TRUE(rule->accepts("Not found: 10000\n"));
  EXPECT_FALSE(rule->accepts("Not found: x\n"));
  EXPECT_FALSE(rule->accepts("Deleted: 7\nNot found: 7\n"));
}

TEST(ExpectationOf, AsksForEachStatusThatIsRight) {
  ReplyRule rule = rule_of("", {});
  rule.statuses = {200, 404};
  const auto expectation = expectation_of(part_of(rule), true);
  EXPECT_EQ(expectation.status, 200);
  EXPECT_EQ(expectation.other_statuses, std::vector<int>{404});
  EXPECT_EQ(expectation.rule, nullptr);
}

}  // namespace
}  // namespace assay::lab
