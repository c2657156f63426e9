#include "harness/load/reply/json_schema.h"

#include <vector>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

bool accepts(const JsonSchema& schema, std::string_view value) {
  JsonDocument document;
  EXPECT_EQ(document.read(value), "") << value;
  return schema.accepts(document.root());
}

struct Case {
  std::string_view schema;
  std::vector<std::string_view> accepted;
  std::vector<std::string_view> refused;
};

void holds(const std::vector<Case>& cases) {
  for (const auto& [text, accepted, refused] : cases) {
    const auto schema = JsonSchema::of(text);
    ASSERT_TRUE(schema.has_value()) << text << ": " << schema.error().what();
    for (const std::string_view value : accepted) {
      EXPECT_TRUE(accepts(**schema, value)) << text << " accepts " << value;
    }
    for (const std::string_view value : refused) {
      EXPECT_FALSE(accepts(**schema, value)) << text << " refuses " << value;
    }
  }
}

std::string refusal(std::string_view text) {
  const auto schema = JsonSchema::of(text);
  return schema ? "" : schema.error().what();
}

TEST(JsonSchema, KnowsTheTypes) {
  holds({{R"({"type":"null"})", {"null"}, {"0", "false", "\"\"", "[]", "{}"}},
         {R"({"type":"boolean"})", {"true", "false"}, {"null", "0", "\"true\""}},
         {R"({"type":"number"})", {"0", "-1.5", "1e400"}, {"\"0\"", "null", "true"}},
         {R"({"type":"integer"})", {"0", "-1", "1.0", "1e3", "1e400"}, {"1.5", "1e-1", "\"1\""}},
         {R"({"type":"string"})", {"\"\"", "\"a\""}, {"1", "null", "[]"}},
         {R"({"type":"array"})", {"[]", "[1]"}, {"{}", "null"}},
         {R"({"type":"object"})", {"{}", "{\"a\":1}"}, {"[]", "null"}},
         {R"({"type":["integer","null"]})", {"1", "null"}, {"1.5", "\"\"", "[]"}},
         {R"({"type":["integer","number"]})", {"1", "1.5"}, {"null"}}});
}

TEST(JsonSchema, ThatSaysNothingAcceptsAllAndFalseNothing) {
  holds({{"{}", {"null", "1", "{}", "[]"}, {}},
         {"true", {"null", "1"}, {}},
         {"false", {}, {"null", "1", "{}"}},
         {R"({"title":"t","description":"d","$schema":"s","$id":"i","default":1,"examples":[],
              "$comment":"c","deprecated":true,"readOnly":true,"writeOnly":true})",
          {"null"},
          {}}});
}

TEST(JsonSchema, HoldsMembersToTheirSchemas) {
  holds({{R"({"properties":{"a":{"type":"integer"},"b":{"type":"string"}}})",
          {"{}", R"({"a":1})", R"({"b":"x","a":1})", R"({"c":null})", "[]", "7"},
          {R"({"a":"1"})", R"({"b":"x","a":1.5})", R"({"c":1,"b":2})"}},
         {R"({"required":["a","b"]})",
          {R"({"b":null,"a":null})", "[]", "1"},
          {"{}", R"({"a":1})", R"({"a":1,"c":2})"}},
         {R"({"required":[]})", {"{}"}, {}},
         {R"({"properties":{"a":{}},"additionalProperties":false})",
          {"{}", R"({"a":1})"},
          {R"({"a":1,"b":2})", R"({"b":2})"}},
         {R"({"properties":{"a":{}},"additionalProperties":{"type":"integer"}})",
          {R"({"a":"x","b":2})"},
          {R"({"a":1,"b":"x"})"}},
         {R"({"properties":{"a":false}})", {"{}", R"({"b":1})"}, {R"({"a":1})"}},
         {R"({"minProperties":1,"maxProperties":2})",
          {R"({"a":1})", R"({"a":1,"b":2})", "[]"},
          {"{}", R"({"a":1,"b":2,"c":3})"}}});
}

TEST(JsonSchema, HoldsElementsToOneSchema) {
  holds({{R"({"items":{"type":"integer"}})", {"[]", "[1,2]", "{}"}, {"[1,\"2\"]", "[null]"}},
         {R"({"items":false})", {"[]"}, {"[1]"}},
         {R"({"minItems":1,"maxItems":2})", {"[1]", "[1,2]", "\"\""}, {"[]", "[1,2,3]"}}});
}

TEST(JsonSchema, FindsElementsThatAreTheSame) {
  holds({{R"({"uniqueItems":true})",
          {"[]", "[1]", "[1,2,\"1\",true,[1],{\"1\":1}]", "[[1,2],[2,1]]", "[0,false,null,\"\"]",
           R"([{"a":1,"b":2},{"a":2,"b":1}])", "1"},
          {"[1,1]", "[1,1.0]", "[0.1,2,0.10000000000000001]", "[1e2,3,100]", "[-0,0]",
           R"([{"a":1,"b":[2]},{"b":[2.0],"a":1}])", R"(["a","\u0061"])", "[null,1,null]",
           "[1e-400,-1e-400]"}},
         {R"({"uniqueItems":false})", {"[1,1]"}, {}}});
}

TEST(JsonSchema, ComparesWithWholeValues) {
  holds({{R"({"enum":[1,"a",null,[1],{"x":1,"y":2}]})",
          {"1", "1.0", "\"a\"", "null", "[1]", R"({"y":2,"x":1})"},
          {"2", "\"b\"", "false", "[]", "[1,1]", R"({"x":1})"}},
         {R"({"const":{"a":[1]}})", {R"({"a":[1.0]})"}, {R"({"a":[2]})", "null"}},
         {R"({"const":null})", {"null"}, {"0"}}});
}

TEST(JsonSchema, KnowsTheBoundsOfNumbers) {
  holds({{R"({"minimum":1,"maximum":2.5})", {"1", "1.0", "2.5", "\"9\""}, {"0.999", "2.51", "-1"}},
         {R"({"exclusiveMinimum":1,"exclusiveMaximum":2})",
          {"1.0000000000000000001", "1.5"},
          {"1", "2", "2.0"}},
         {R"({"minimum":9007199254740993})", {"9007199254740993"}, {"9007199254740992"}},
         {R"({"multipleOf":0.01})", {"19.99", "0", "-3", "1e300"}, {"0.001"}},
         {R"({"multipleOf":3})", {"9", "-3", "0", "3.0"}, {"10", "1.5"}}});
}

TEST(JsonSchema, CountsTheCharactersOfATextNotItsBytes) {
  holds({{R"({"minLength":2,"maxLength":3})",
          {"\"ab\"", "\"äöü\"", "\"😀😀\"", R"("\ud83d\ude00\u00e4b")", "7"},
          {"\"ä\"", "\"😀\"", "\"abcd\"", "\"\""}},
         {R"({"minLength":2.0})", {"\"ab\""}, {"\"a\""}}});
}

TEST(JsonSchema, FindsPatternsAnywhereUnlessTheyAreHeldToTheEnds) {
  holds({{R"({"pattern":"b+"})", {"\"abba\"", "1"}, {"\"aca\""}},
         {R"({"pattern":"^[a-z]{2}-\\d+$"})",
          {"\"ab-12\""},
          {"\"xab-1\"", "\"ab-1x\"", "\"ab-1\\n\""}},
         {R"({"pattern":"^(?:a|b)\\/\\.$"})", {"\"a/.\""}, {"\"a/x\""}},
         {R"({"pattern":"^\\u00e4\\x41$"})", {"\"äA\""}, {"\"aA\""}},
         {R"({"pattern":"^.$"})", {"\"ä\"", "\"😀\""}, {"\"\\n\"", "\"\\u2028\"", "\"ab\""}},
         {R"({"pattern":"^\\s[\\s]$"})", {"\" \\u00a0\"", "\"\\u000b\\ufeff\""}, {"\"ab\""}},
         {R"({"pattern":"^\\S$"})", {"\"a\""}, {"\" \"", "\"\\u3000\""}},
         {R"({"pattern":"^[[:alpha:]]$"})", {"\"[]\"", "\":]\""}, {"\"b]\"", "\"a\""}}});
}

TEST(JsonSchema, JoinsSchemas) {
  holds({{R"({"allOf":[{"minimum":1},{"maximum":3}]})", {"1", "3"}, {"0", "4"}},
         {R"({"anyOf":[{"type":"string"},{"minimum":3}]})", {"\"\"", "3", "null"}, {"2"}},
         {R"({"oneOf":[{"multipleOf":2},{"multipleOf":3}]})", {"2", "3", "4"}, {"1", "6"}},
         {R"({"not":{"type":"null"}})", {"1", "{}"}, {"null"}},
         {R"({"type":"integer","anyOf":[{"const":1},{"const":"a"}]})", {"1"}, {"\"a\"", "2"}}});
}

TEST(JsonSchema, FollowsReferences) {
  holds({{R"({"items":{"$ref":"#/$defs/Item"},
              "$defs":{"Item":{"required":["id"],"properties":{"id":{"$ref":"#/$defs/Id"}}},
                       "Id":{"type":"integer"}}})",
          {"[]", R"([{"id":1}])"},
          {R"([{}])", R"([{"id":"x"}])"}},
         {R"({"$ref":"#/definitions/a~1b~0","maximum":5,"definitions":{"a/b~":{"minimum":1}}})",
          {"1", "5"},
          {"0", "6"}},
         {R"({"properties":{"value":{"type":"integer"},"next":{"$ref":"#"}},
              "additionalProperties":false})",
          {R"({"value":1,"next":{"value":2,"next":{}}})"},
          {R"({"next":{"next":{"value":"x"}}})", R"({"next":{"other":1}})"}},
         {R"({"properties":{"a":{"type":"string"},"b":{"$ref":"#/properties/a"}}})",
          {R"({"b":"x"})"},
          {R"({"b":1})"}}});
}

TEST(JsonSchema, DoesNotEndInAStackOverflow) {
  // Each level of the value is held against a hundred schemas in each other.
  std::string schema = R"({"items":{"$ref":"#"}})";
  for (int i = 0; i < 50; ++i) schema = R"({"allOf":[)" + schema + "]}";
  const auto made = JsonSchema::of(schema);
  ASSERT_TRUE(made.has_value()) << made.error().what();
  EXPECT_TRUE(accepts(**made, "[[[]]]"));
  const std::string deepest = std::string(128, '[') + std::string(128, ']');
  EXPECT_FALSE(accepts(**made, deepest));
}

TEST(JsonSchema, RefusesAKeywordThatItDoesNotKnow) {
  const auto unknown = [](std::string_view place) {
    return "the schema of --expect-schema cannot be held to at " + std::string(place) +
           ": this keyword is not known";
  };
  EXPECT_EQ(refusal(R"({"format":"uuid"})"), unknown("#/format"));
  EXPECT_EQ(refusal(R"({"properties":{"a/b":{"contains":{}}}})"),
            unknown("#/properties/a~1b/contains"));
  EXPECT_EQ(refusal(R"({"anyOf":[{},{"if":{}}]})"), unknown("#/anyOf/1/if"));
  EXPECT_EQ(refusal(R"({"$defs":{"unused":{"nullable":true}}})"),
            unknown("#/$defs/unused/nullable"));
}

TEST(JsonSchema, RefusesAValueThatAKeywordCannotHave) {
  for (const std::string_view schema : {R"(7)",
                                        R"("object")",
                                        R"([])",
                                        R"({"type":"int"})",
                                        R"({"type":[]})",
                                        R"({"type":[1]})",
                                        R"({"enum":1})",
                                        R"({"enum":[]})",
                                        R"({"properties":[]})",
                                        R"({"properties":{"a":1}})",
                                        R"({"required":true})",
                                        R"({"required":["a",1]})",
                                        R"({"additionalProperties":1})",
                                        R"({"items":[{}]})",
                                        R"({"minItems":-1})",
                                        R"({"maxItems":1.5})",
                                        R"({"minLength":"1"})",
                                        R"({"maxLength":1e99})",
                                        R"({"uniqueItems":1})",
                                        R"({"minimum":"1"})",
                                        R"({"exclusiveMinimum":true})",
                                        R"({"multipleOf":0})",
                                        R"({"multipleOf":-1})",
                                        R"({"multipleOf":1.0000000000000000001})",
                                        R"({"allOf":{}})",
                                        R"({"anyOf":[]})",
                                        R"({"oneOf":[1]})",
                                        R"({"not":[]})",
                                        R"({"$ref":1})",
                                        R"({"$defs":[]})"}) {
    EXPECT_EQ(refusal(schema).substr(0, 31), "the schema of --expect-schema c") << schema;
  }
  EXPECT_EQ(refusal(R"({"properties":{"a":{"minimum":"1"}}})"),
            "the schema of --expect-schema cannot be held to at #/properties/a/minimum: a number "
            "is expected");
}

TEST(JsonSchema, RefusesAPatternThatIsReadInAnotherWayHere) {
  for (const std::string_view pattern :
       {R"((?=a))", R"((?!a))",   R"((?<=a)b)", R"((?<n>a))", R"((?i)a)", R"((a)\\1)", R"(\\cA)",
        R"(\\A)",   R"(\\z)",     R"(\\Qa\\E)", R"(\\pL)",    R"([])",    R"([^])",    R"([\\S])",
        R"(\\u12)", R"(\\ud83d)", R"(()",       R"([a)",      R"(a**)",   R"(a\\)"}) {
    EXPECT_EQ(refusal(R"({"pattern":")" + std::string(pattern) + "\"}"),
              "the schema of --expect-schema cannot be held to at #/pattern: no pattern that means "
              "the same here as in JavaScript")
        << pattern;
  }
}

TEST(JsonSchema, RefusesReferencesThatLeadNowhereOrRoundInACircle) {
  EXPECT_EQ(refusal(R"({"items":{"$ref":"#/$defs/None"}})"),
            "the schema of --expect-schema cannot be held to at #/items/$ref: there is no schema "
            "at #/$defs/None");
  for (
      const std::string_view schema :
      {R"({"$ref":"other.json"})", R"({"$ref":"https://json-schema.org/draft"})", R"({"$ref":"#"})",
       R"({"$ref":"#/type","type":"null"})", R"({"allOf":[{"$ref":"#"}]})",
       R"({"$ref":"#/$defs/a","$defs":{"a":{"not":{"$ref":"#/$defs/b"}},"b":{"$ref":"#/$defs/a"}}})",
       R"({"properties":{"a":{"$id":"x"}}})"}) {
    EXPECT_EQ(refusal(schema).substr(0, 31), "the schema of --expect-schema c") << schema;
  }
}

}  // namespace
}  // namespace assay::load
