#include "server/model/json_reader.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace assay::model {
namespace {

std::string fault_of(std::string_view text) {
  std::string copy;
  std::vector<Problem> problems;
  JsonReader reader(JsonReader::text_with_an_end(text, copy), {}, problems);
  const char* at = reader.start();
  if (at != nullptr) at = reader.skip_value(at);
  reader.finish(at);
  reader.place_problems();
  return problems.empty() ? "" : problems[0].message;
}

TEST(JsonReader, AcceptsEveryKindOfValue) {
  for (const std::string_view text :
       {"0", "-0", "12", "-1.5e+10", "1E5", "true", "false", "null", "\"\"", "[]", "{}",
        " [ 1 , 2 ] ", "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"",
        R"({"a":{"b":[1,"\u00e9\ud83d\ude00\\\/\b\f\n\r\t"]}})"}) {
    EXPECT_EQ(fault_of(text), "") << "read: " << text;
  }
}

TEST(JsonReader, RefusesWhatRfc8259DoesNotAllow) {
  for (const std::string_view text : {"",
                                      "01",
                                      "+1",
                                      "1.",
                                      ".5",
                                      "1e",
                                      "-",
                                      "tru",
                                      "nul",
                                      "[1,]",
                                      "[1 2]",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "{\"a\" 1}",
                                      "'a'",
                                      "\"a",
                                      "\"\x01\"",
                                      R"("\x")",
                                      R"("\u12g4")",
                                      R"("\ud800")",
                                      R"("\udc00")",
                                      R"("\ud800\u0041")",
                                      "\"\xFF\"",
                                      "\"\xC3\"",
                                      "\"\xED\xA0\x80\"",
                                      "{\"\xC0\x80\":1}",
                                      "1 2",
                                      "[",
                                      "{",
                                      "[}",
                                      "NaN",
                                      "Infinity",
                                      "// c\n1"}) {
    EXPECT_NE(fault_of(text), "") << "read: " << text;
  }
}

TEST(JsonReader, RefusesNestingDeeperThanItsLimit) {
  EXPECT_EQ(fault_of(std::string(64, '[') + std::string(64, ']')), "");
  EXPECT_EQ(fault_of(std::string(65, '[') + std::string(65, ']')),
            "line 1, column 65: nested too deep");
  EXPECT_NE(fault_of(std::string(1'000'000, '[')), "");
}

TEST(JsonReader, DecodesEscapesToUtf8) {
  for (const std::string_view text :
       {R"("\u0041\u00e9\u20ac\ud83d\ude00")", "\"A\\u00e9\xE2\x82\xAC\xF0\x9F\x98\x80\""}) {
    std::string copy;
    std::vector<Problem> problems;
    JsonReader reader(JsonReader::text_with_an_end(text, copy), {}, problems);
    std::string out = "before";
    ASSERT_EQ(reader.read_string(reader.begin(), out), reader.end());
    EXPECT_EQ(out, "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  }
}

TEST(JsonReader, SaysWhereTheSyntaxIsAtFault) {
  EXPECT_EQ(fault_of("[x, 1]"), "line 1, column 2: a value is expected");
  EXPECT_EQ(fault_of("{\n  \"a\": [1,\n 2}"), "line 3, column 3: \",\" or \"]\" is expected");
  EXPECT_EQ(fault_of(""), "line 1, column 1: the text is empty");
}

}  // namespace
}  // namespace assay::model
