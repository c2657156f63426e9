#include "harness/load/reply/body_rule.h"

#include <vector>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

BodyRule json(std::string_view expected) {
  const Result<BodyRule> rule = BodyRule::json(expected);
  EXPECT_TRUE(rule.has_value()) << expected;
  return *rule;
}

std::string refusal(const Result<BodyRule>& rule) { return rule ? "" : rule.error().what(); }

TEST(BodyRule, OfJsonAcceptsTheSameValueHoweverItIsWritten) {
  const BodyRule rule = json(
      R"({"id":1,"price":0.1,"tags":["a","\u00e9"],"none":null,"is":true,"in":{"x":[],"y":{}}})");
  for (
      const auto* body :
      {R"({"id":1,"price":0.1,"tags":["a","é"],"none":null,"is":true,"in":{"x":[],"y":{}}})",
       R"( {"in":{"y":{},"x":[]},"is":true,"none":null,"tags":["\u0061","é"],"price":0.1,"id":1} )",
       R"({"id":1.0,"price":1e-1,"tags":["a","é"],"none":null,"is":true,"in":{"x":[ ],"y":{ }}})",
       "{\n\t\"\\u0069d\":10e-1,\"price\":0.10,\"tags\":[\"a\",\"\xC3\xA9\"],\"none\":null,\r\n"
       "\"is\":true,\"in\":{\"x\":[],\"y\":{}}}\n"}) {
    EXPECT_TRUE(rule.accepts(body)) << body;
  }
}

TEST(BodyRule, OfJsonRefusesAnotherValue) {
  const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> others = {
      {R"({"a":1,"b":[1,2]})",
       {R"({"a":1})", R"({"a":1,"b":[1,2],"c":3})", R"({"a":1,"b":[2,1]})", R"({"a":1,"b":[1]})",
        R"({"a":1,"b":[1,2,3]})", R"({"a":1,"c":[1,2]})", R"({"a":"1","b":[1,2]})",
        R"({"b":[1,2],"a":2})", R"([1])", "null", "{}", ""}},
      {"1", {"2", "-1", "\"1\"", "true", "[1]", "1.5", "10"}},
      {"null", {"0", "false", "\"\"", "[]", "{}", "\"null\""}},
      {"true", {"false", "1", "\"true\""}},
      {"\"a\"", {"\"b\"", "\"aa\"", "\"\"", "\"A\"", "\"a\\u0000\""}},
      {"[]", {"{}", "[[]]", "[null]"}},
      {"[[1],[2]]", {"[[1,2]]", "[[1],2]", "[[1],[2],[]]"}}};
  for (const auto& [expected, bodies] : others) {
    EXPECT_TRUE(json(expected).accepts(expected)) << expected;
    for (const std::string_view body : bodies) {
      EXPECT_FALSE(json(expected).accepts(body)) << expected << " is not " << body;
    }
  }
}

TEST(BodyRule, OfJsonComparesWholeNumbersExactlyAndFractionsAsDoubles) {
  EXPECT_TRUE(json("1").accepts("1.0"));
  EXPECT_TRUE(json("-0").accepts("0"));
  EXPECT_TRUE(json("100").accepts("1e2"));
  EXPECT_TRUE(json("12345678901234567890123").accepts("12345678901234567890123.0"));
  EXPECT_FALSE(json("9007199254740993").accepts("9007199254740992"));
  EXPECT_FALSE(json("1e400").accepts("1e401"));
  EXPECT_TRUE(json("0.1").accepts("0.10000000000000001"));  // as %.17g prints it
  EXPECT_FALSE(json("0.1").accepts("0.10000000000000002"));
  EXPECT_FALSE(json("1").accepts("1.0000000000000000001"));
}

TEST(BodyRule, OfJsonFindsMembersOfALargeObjectInAnyOrder) {
  std::string forth = "{";
  std::string back = "{";
  for (int i = 0; i < 100; ++i) {
    forth += (i == 0 ? "\"m" : ",\"m") + std::to_string(i) + "\":" + std::to_string(i);
    back += (i == 0 ? "\"m" : ",\"m") + std::to_string(99 - i) + "\":" + std::to_string(99 - i);
  }
  const BodyRule rule = json(forth + "}");
  EXPECT_TRUE(rule.accepts(back + "}"));
  EXPECT_FALSE(rule.accepts(back + ",\"m100\":0}"));
  std::string renamed = back;
  renamed.replace(renamed.find("m99"), 3, "m99x");
  EXPECT_FALSE(rule.accepts(renamed + "}"));
  back.replace(back.find(":50,"), 4, ":51,");
  EXPECT_FALSE(rule.accepts(back + "}"));
}

TEST(BodyRule, OfJsonRefusesWhatIsNoJson) {
  const BodyRule rule = json("[1]");
  for (const std::string& body :
       {std::string("[1] x"), std::string("[1]]"), std::string("[1"), std::string("[1,]"),
        std::string("[01]"), std::string("[+1]"), std::string("[.1]"), std::string("[NaN]"),
        std::string("// one\n[1]"), std::string("\xEF\xBB\xBF[1]"), std::string("[1]\0", 4),
        std::string("[\"\xFF\"]"), std::string("['1']"), std::string()}) {
    EXPECT_FALSE(rule.accepts(body)) << body;
  }
  EXPECT_FALSE(json("\"\xC3\xA4\"").accepts("\"\xC3\""));
}

TEST(BodyRule, OfJsonRefusesANameThatStandsTwice) {
  EXPECT_FALSE(json(R"({"a":1})").accepts(R"({"a":1,"a":1})"));
  EXPECT_FALSE(json(R"({"a":1})").accepts(R"({"a":2,"\u0061":1})"));
  EXPECT_FALSE(json(R"([{"a":1,"b":2}])").accepts(R"([{"a":1,"a":2}])"));
  std::string many = "{\"a\":0";
  for (int i = 0; i < 20; ++i) many += ",\"m" + std::to_string(i) + "\":0";
  EXPECT_TRUE(json(many + "}").accepts(many + "}"));
  EXPECT_FALSE(json(many + "}").accepts(many + ",\"m7\":0}"));
  EXPECT_EQ(refusal(BodyRule::json(many + ",\"m7\":0}")).substr(0, 42),
            "--expect-json was given what is no JSON: l");
}

TEST(BodyRule, OfJsonRefusesWhatIsNestedTooDeep) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(json(nested(128)).accepts(nested(128)));
  EXPECT_FALSE(json(nested(128)).accepts(nested(129)));
  EXPECT_FALSE(json("[]").accepts(std::string(1000000, '[')));
  EXPECT_EQ(refusal(BodyRule::json(nested(129))),
            "--expect-json was given what is no JSON: line 1, column 129: nested too deep");
}

TEST(BodyRule, SaysWhereAnExpectedTextIsNoJson) {
  EXPECT_EQ(refusal(BodyRule::json("{\"a\":1,\n \"b\":}")),
            "--expect-json was given what is no JSON: line 2, column 6: a value is expected");
  EXPECT_EQ(refusal(BodyRule::json(R"({"a":1,"a":2})")),
            "--expect-json was given what is no JSON: line 1, column 13: a name stands twice in "
            "this object");
  EXPECT_EQ(refusal(BodyRule::json("")),
            "--expect-json was given what is no JSON: line 1, column 1: the text is empty");
}

TEST(BodyRule, OfAPartFindsItAnywhere) {
  const Result<BodyRule> rule = BodyRule::contains("\"ok\"");
  ASSERT_TRUE(rule.has_value());
  for (const auto* body : {"\"ok\"", "x\"ok\"", "{\"ok\":1}", "\"o\"ok\""}) {
    EXPECT_TRUE(rule->accepts(body)) << body;
  }
  for (const auto* body : {"", "ok", "\"ok", "\"OK\"", "\"o\"k\""}) {
    EXPECT_FALSE(rule->accepts(body)) << body;
  }
  EXPECT_TRUE(BodyRule::contains(std::string_view("\0x", 2))->accepts(std::string("a\0x", 3)));
}

TEST(BodyRule, OfAnEmptyPartWouldAcceptAll) {
  EXPECT_EQ(refusal(BodyRule::contains("")),
            "--expect-contains was given nothing, which every reply contains");
}

TEST(BodyRule, OfAPatternTakesNumbersForItsDigits) {
  const Result<BodyRule> rule = BodyRule::pattern("id={digits}, ok");
  ASSERT_TRUE(rule.has_value());
  EXPECT_EQ(rule->kind(), BodyRule::Kind::pattern);
  EXPECT_TRUE(rule->accepts("id=12, ok"));
  EXPECT_FALSE(rule->accepts("id=, ok"));
  EXPECT_FALSE(rule->accepts("id=12, ok."));
  EXPECT_EQ(refusal(BodyRule::pattern("{digits}1")),
            "--expect-pattern cannot be held to: a digit stands right behind {digits}, which takes "
            "it too");
}

TEST(BodyRule, OfASchemaAcceptsJsonThatFollowsIt) {
  const Result<BodyRule> rule = BodyRule::schema(R"({"type":"object","required":["id"]})");
  ASSERT_TRUE(rule.has_value());
  EXPECT_TRUE(rule->accepts(R"({"id":7})"));
  EXPECT_FALSE(rule->accepts(R"({"name":"x"})"));
  EXPECT_FALSE(rule->accepts(R"({"id":7} )"
                             "x"));
  EXPECT_EQ(refusal(BodyRule::schema("{")),
            "--expect-schema was given what is no JSON: line 1, column 2: a member's name is "
            "expected");
}

}  // namespace
}  // namespace assay::load
