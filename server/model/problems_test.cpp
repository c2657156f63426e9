#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/model/check.h"
#include "server/model/everything.h"
#include "server/model/json_read.h"
#include "server/model/json_write.h"

namespace assay::model {
namespace {

constexpr std::string_view least = R"({"id":1,"price":1.5,"name":"a"})";

// The least document with one member more, or another.
std::string with(const std::string& member) {
  return R"({"id":1,"price":1.5,"name":"a",)" + member + "}";
}

struct Wrong {
  std::string member;
  std::string location;
  std::string kind;
  std::string message;
  std::string input;
  std::string context;
};
void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.member; }

class WrongMember : public testing::TestWithParam<Wrong> {};

TEST_P(WrongMember, IsReportedWithKindLocationMessageInputAndRule) {
  const Wrong& wrong = GetParam();
  const auto reading = from_json<Everything>(with(wrong.member));
  ASSERT_EQ(reading.problems.size(), 1U);
  const Problem& problem = reading.problems[0];
  EXPECT_FALSE(reading.malformed);
  EXPECT_EQ(problem.kind, wrong.kind);
  EXPECT_EQ(text(problem.location), wrong.location);
  EXPECT_EQ(problem.message, wrong.message);
  EXPECT_EQ(problem.input, wrong.input);
  EXPECT_EQ(problem.context, wrong.context);
}

INSTANTIATE_TEST_SUITE_P(
    Rules, WrongMember,
    testing::Values(
        Wrong{R"("small":201)", "small", "less_than_equal",
              "Input should be less than or equal to 200", "201", R"({"le":200})"},
        Wrong{R"("small":-1)", "small", "greater_than_equal",
              "Input should be greater than or equal to 0", "-1", R"({"ge":0})"},
        Wrong{R"("small":1e3)", "small", "less_than_equal",
              "Input should be less than or equal to 255", "1e3", R"({"le":255})"},
        Wrong{R"("large":18446744073709551616)", "large", "less_than_equal",
              "Input should be less than or equal to 18446744073709551615", "18446744073709551616",
              R"({"le":18446744073709551615})"},
        Wrong{R"("large":1e999999999999999999999)", "large", "less_than_equal",
              "Input should be less than or equal to 18446744073709551615",
              "1e999999999999999999999", R"({"le":18446744073709551615})"},
        Wrong{R"("ratio":1.5)", "ratio", "less_than", "Input should be less than 1.5", "1.5",
              R"({"lt":1.5})"},
        Wrong{R"("ratio":1e39)", "ratio", "finite_number", "Input should be a finite number",
              "1e39", ""},
        Wrong{R"("ratio":"1")", "ratio", "float_type", "Input should be a valid number", R"("1")",
              ""},
        Wrong{R"("paid":"true")", "paid", "bool_type", "Input should be a valid boolean",
              R"("true")", ""},
        Wrong{R"("color":"green")", "color", "enum", "Input should be 'red' or 'light_blue'",
              R"("green")", R"({"expected":"'red' or 'light_blue'"})"},
        Wrong{R"("size":"s")", "size", "enum", "Input should be 'small-size' or 'medium-size'",
              R"("s")", R"({"expected":"'small-size' or 'medium-size'"})"},
        Wrong{R"("tags":["a","b","c","d","e"])", "tags", "too_long",
              "List should have at most 4 items after validation, not 5",
              R"(["a","b","c","d","e"])",
              R"({"field_type":"List","max_length":4,"actual_length":5})"},
        Wrong{R"("tags":["a",{"b":[1,"]"]}])", "tags[1]", "string_type",
              "Input should be a valid string", R"({"b":[1,"]"]})", ""},
        Wrong{R"("tags":null)", "tags", "list_type", "Input should be a valid list", "null", ""},
        Wrong{R"("counts":{"a":1,"\u00e9":"x"})", "counts.\xC3\xA9", "float_type",
              "Input should be a valid number", R"("x")", ""},
        Wrong{R"("counts":[])", "counts", "dict_type", "Input should be a valid dictionary", "[]",
              ""},
        Wrong{R"("pet":{"lives":3})", "pet", "union_tag_not_found",
              "Unable to extract tag using discriminator 'kind'", R"({"lives":3})",
              R"({"discriminator":"'kind'"})"},
        Wrong{R"("pet":{"kind":"cow"})", "pet", "union_tag_invalid",
              "Input tag 'cow' found using 'kind' does not match any of the expected tags: "
              "'cat', 'dog'",
              R"({"kind":"cow"})",
              R"({"discriminator":"'kind'","tag":"cow","expected_tags":"'cat', 'dog'"})"},
        Wrong{R"("pet":{"lives":10,"kind":"cat"})", "pet.lives", "less_than_equal",
              "Input should be less than or equal to 9", "10", R"({"le":9})"},
        Wrong{R"("pet":{"kind":"dog","name":"a","friends":[{"kind":"cat"},{"kind":"dog"}]})",
              "pet.friends[1].name", "missing", "Field required", R"({"kind":"dog"})", ""},
        Wrong{R"("pet":7)", "pet", "model_attributes_type",
              "Input should be a valid dictionary or object to extract fields from", "7", ""},
        Wrong{R"("day":"2023-02-29")", "day", "date_parsing",
              "Input should be a valid date in the format YYYY-MM-DD, day value is outside "
              "expected range",
              R"("2023-02-29")", R"({"error":"day value is outside expected range"})"},
        Wrong{R"("day":20230101)", "day", "date_type", "Input should be a valid date", "20230101",
              ""},
        Wrong{R"("moment":"2026-01-01T00:00:00")", "moment", "timezone_aware",
              "Input should have timezone info", R"("2026-01-01T00:00:00")", ""},
        Wrong{R"("key":"1")", "key", "uuid_parsing",
              "Input should be a valid UUID, invalid length: expected 32 or 36 characters, found 1",
              R"("1")", R"({"error":"invalid length: expected 32 or 36 characters, found 1"})"},
        Wrong{R"("limit":11)", "limit", "literal_error", "Input should be 10 or 20", "11",
              R"({"expected":"10 or 20"})"},
        Wrong{R"("pair":[1])", "pair", "too_short",
              "List should have at least 2 items after validation, not 1", "[1]",
              R"({"field_type":"List","min_length":2,"actual_length":1})"},
        Wrong{R"("inner":{"count":4})", "inner.count", "multiple_of",
              "Input should be a multiple of 3", "4", R"({"multiple_of":3})"},
        Wrong{R"("inner":{"inner":[{},{"count":3,"more":[]}]})", "inner.inner[1].more",
              "extra_forbidden", "Extra inputs are not permitted", "[]", ""}));

struct Texts {
  std::string short_text;
  std::string letters;
  std::string choice;
  std::int64_t even = 0;
  static constexpr auto model() {
    return std::tuple{field<"short_text">(&Texts::short_text, min_length(2), max_length(3)),
                      field<"letters">(&Texts::letters, pattern("^[a-z]+$"), default_value("abc")),
                      field<"choice">(&Texts::choice, one_of("one", "two"), default_value("one")),
                      field<"even">(&Texts::even, default_value(2),
                                    satisfies("must be even",
                                              [](std::int64_t value) { return value % 2 == 0; }))};
  }
};

std::string first_message(std::string_view json) {
  const auto reading = from_json<Texts>(json);
  return reading.ok() ? "" : text(reading.problems[0]);
}

TEST(Rules, CountCharactersAndNotBytes) {
  EXPECT_EQ(first_message(R"({"short_text":"ééé"})"), "");
  EXPECT_EQ(first_message(R"({"short_text":"\ud83d\ude00\ud83d\ude00"})"), "");
  EXPECT_EQ(first_message(R"({"short_text":"\ud83d\ude00"})"),
            "short_text: String should have at least 2 characters");
  EXPECT_EQ(first_message(R"({"short_text":"éééé"})"),
            "short_text: String should have at most 3 characters");
}

TEST(Rules, SayWhichPatternChoiceOrOwnSentenceWasNotMet) {
  EXPECT_EQ(first_message(R"({"short_text":"ab","letters":"a1"})"),
            "letters: String should match pattern '^[a-z]+$'");
  EXPECT_EQ(first_message(R"({"short_text":"ab","choice":"three"})"),
            "choice: Input should be 'one' or 'two'");
  EXPECT_EQ(first_message(R"({"short_text":"ab","even":3})"), "even: Value error, must be even");
}

TEST(Rules, MatchAHostilePatternInTimeLinearInTheText) {
  EXPECT_FALSE(matches("^(a|a?)+$", std::string(100'000, 'a') + "b"));
  EXPECT_TRUE(matches("b", "abc"));
  EXPECT_TRUE(matches("^.$", "\xC3\xA9"));
  EXPECT_THROW(matches("(", "a"), std::invalid_argument);
}

TEST(Rules, OfBoundsCompareSignedAndUnsignedAsNumbers) {
  EXPECT_FALSE(at_least(0U).holds(-1));
  EXPECT_TRUE(at_most(-1).holds(-2));
  EXPECT_FALSE(at_most(-1).holds(18446744073709551615U));
  EXPECT_TRUE(multiple_of(3U).holds(std::int64_t{-9}));
  EXPECT_TRUE(multiple_of(0.1).holds(0.3));
  EXPECT_FALSE(multiple_of(0.1).holds(0.35));
  EXPECT_FALSE(at_least(0).holds(std::numeric_limits<double>::quiet_NaN()));
}

template <auto Rule>
struct Argument {
  static bool holds(auto value) { return Rule.holds(value); }
};

TEST(Rules, MayBeTemplateArguments) {
  EXPECT_TRUE((Argument<at_least(1)>::holds(1)));
  EXPECT_FALSE((Argument<max_length(2)>::holds(std::string("abc"))));
  EXPECT_TRUE((Argument<pattern("^a")>::holds(std::string("abc"))));
  EXPECT_TRUE((Argument<one_of("a", "bc")>::holds(std::string("bc"))));
}

TEST(Problems, AreAllCollectedInTheOrderOfTheText) {
  const auto reading = from_json<Everything>(
      R"({"id":0,"price":"x","pet":{"kind":"cat","lives":0},"inner":{"inner":[{"a":1}]},"pair":{}})");
  std::vector<std::string> lines;
  for (const Problem& problem : reading.problems) {
    lines.push_back(text(problem.location) + " " + problem.kind);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "id greater_than_equal", "price float_type", "pet.lives greater_than_equal",
                       "inner.inner[0].a extra_forbidden", "pair list_type", "name missing"}));
}

TEST(Problems, AreListedUpToALimitAndOneSaysThatThereAreMore) {
  std::string many = "[";
  for (int i = 0; i < 500; ++i) many += "\"x\",";
  many += "1]";
  const auto reading = from_json<std::vector<int>>(many, {.problems = 3});
  ASSERT_EQ(reading.problems.size(), 4U);
  EXPECT_EQ(text(reading.problems[2].location), "[2]");
  EXPECT_EQ(reading.problems[3].kind, "too_many_problems");
}

TEST(Problems, ShowALongInputByItsStart) {
  const auto reading = from_json<int>('"' + std::string(300, '"' + 1) + "\xC3\xA9\"");
  ASSERT_EQ(reading.problems.size(), 1U);
  EXPECT_LT(reading.problems[0].input.size(), 300U);
  EXPECT_TRUE(from_json<std::string>(reading.problems[0].input).ok());
}

TEST(Problems, OfAValueThatExistsAreThoseOfItsRules) {
  Everything value = from_json<Everything>(least).value;
  EXPECT_TRUE(problems_of(value).empty());
  value.id = 0;
  value.tags.assign(5, "x");
  value.price = std::numeric_limits<double>::infinity();
  value.pet = Dog{"\xFF", {}};
  value.inner.inner.push_back({4, {}});
  std::vector<std::string> lines;
  for (const Problem& problem : problems_of(value)) {
    lines.push_back(text(problem.location) + " " + problem.kind + " " + problem.input);
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"id greater_than_equal 0", "price finite_number ",
                                             R"(tags too_long ["x","x","x","x","x"])",
                                             "pet.name string_unicode ",
                                             "inner.inner[0].count multiple_of 4"}));
}

TEST(Limits, RefuseDepthAndElementsBeforeTheyAreStored) {
  const auto deep = from_json<Inner>(R"({"inner":[{"inner":[{}]}]})", {.depth = 4});
  EXPECT_TRUE(deep.malformed);
  EXPECT_EQ(deep.problems.back().message, "line 1, column 21: nested too deep");
  EXPECT_EQ(text(deep.problems.back().location), "inner[0].inner[0]");
  const auto many = from_json<std::vector<int>>("[1,2,3,4]", {.elements = 3});
  EXPECT_TRUE(many.malformed);
  EXPECT_EQ(many.problems.back().message, "line 1, column 8: too many elements");
  EXPECT_EQ(many.value.size(), 3U);
}

}  // namespace
}  // namespace assay::model
