#include "harness/lab/record/indented_json.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

TEST(IndentedJson, KeepsWhatFitsOnOneLine) {
  EXPECT_EQ(indented_json(R"({"a":[1,2],"b":{}})"), "{\"a\": [1, 2], \"b\": {}}\n");
}

TEST(IndentedJson, GivesEachMemberOfWhatDoesNotFitALine) {
  const std::string text(60, 'x');
  EXPECT_EQ(indented_json(R"({"a":[")" + text + R"(",")" + text + R"("],"b":{"c":null}})"),
            "{\n  \"a\": [\n    \"" + text + "\",\n    \"" + text +
                "\"\n  ],\n  \"b\": {\"c\": null}\n}\n");
}

TEST(IndentedJson, LeavesBracketsColonsAndQuotesInTextsAlone) {
  const std::string text = R"("{\"a\":[1,2]}\\")";
  EXPECT_EQ(indented_json("[" + text + "," + text + "]"), "[" + text + ", " + text + "]\n");
  const std::string longer = R"("{\"a\":[)" + std::string(90, '}') + R"(\\")";
  EXPECT_EQ(indented_json("[" + longer + ",1]"), "[\n  " + longer + ",\n  1\n]\n");
}

TEST(IndentedJson, KnowsAQuotationMarkThatEndsNoText) {
  const std::string text = R"("a\",b)" + std::string(100, 'x') + R"(\\")";
  EXPECT_EQ(indented_json("[" + text + ",1]"), "[\n  " + text + ",\n  1\n]\n");
}

}  // namespace
}  // namespace assay::lab
