#include "server/model/json_cursor.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::model {
namespace {

std::string fault_of(std::string_view text) {
  JsonCursor cursor(text);
  cursor.skip_value();
  cursor.at_end();
  return cursor.fault();
}

TEST(JsonCursor, AcceptsEveryKindOfValue) {
  for (const std::string_view text :
       {"0", "-0", "12", "-1.5e+10", "1E5", "true", "false", "null", "\"\"", "[]", "{}",
        " [ 1 , 2 ] ", "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"",
        R"({"a":{"b":[1,"\u00e9\ud83d\ude00\\\/\b\f\n\r\t"]}})"}) {
    EXPECT_EQ(fault_of(text), "") << "read: " << text;
  }
}

TEST(JsonCursor, RefusesWhatRfc8259DoesNotAllow) {
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

TEST(JsonCursor, RefusesNestingDeeperThanItsLimit) {
  EXPECT_EQ(fault_of(std::string(64, '[') + std::string(64, ']')), "");
  EXPECT_EQ(fault_of(std::string(65, '[') + std::string(65, ']')),
            "line 1, column 66: nested deeper than 64 levels");
  EXPECT_NE(fault_of(std::string(1'000'000, '[')), "");
}

TEST(JsonCursor, DecodesEscapesToUtf8) {
  JsonCursor cursor(R"("\u0041\u00e9\u20ac\ud83d\ude00")");
  std::string text;
  ASSERT_TRUE(cursor.take_string(text));
  EXPECT_EQ(text, "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
}

TEST(JsonCursor, GivesNothingMoreAfterAFault) {
  JsonCursor cursor("[x, 1]");
  EXPECT_TRUE(cursor.open('['));
  EXPECT_FALSE(cursor.skip_value());
  std::string_view digits;
  EXPECT_FALSE(cursor.take_number(digits));
  EXPECT_EQ(cursor.fault(), "line 1, column 2: a value is expected");
}

}  // namespace
}  // namespace assay::model
