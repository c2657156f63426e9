#include "server/model/json_text.h"

#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace assay::model {
namespace {

template <class T>
std::string number(T value) {
  std::string out;
  append_json_number(out, value);
  return out;
}

std::string string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonText, EscapesOnlyWhatMustBeEscaped) {
  EXPECT_EQ(string("plain / \xC3\xA9 \x7F"), "\"plain / \xC3\xA9 \x7F\"");
  EXPECT_EQ(string("\"\\\n\r\t"), R"("\"\\\n\r\t")");
  EXPECT_EQ(string(std::string_view("\0\x1F", 2)), "\"\\u0000\\u001f\"");
}

TEST(JsonText, WritesAReplacementForEachByteThatIsNoText) {
  EXPECT_EQ(string("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(string("\xE2\x82"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_EQ(string("\xE2\x82\xAC\x80\n"), "\"\xE2\x82\xAC\xEF\xBF\xBD\\n\"");
}

TEST(JsonText, WritesIntegersAtTheirLimits) {
  EXPECT_EQ(number(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(number(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(JsonText, WritesNoMoreAndNoFewerDigitsThanANumberHas) {
  EXPECT_EQ(number(std::uint64_t{0}), "0");
  EXPECT_EQ(number(std::uint64_t{9}), "9");
  EXPECT_EQ(number(std::uint64_t{10}), "10");
  EXPECT_EQ(number(std::uint64_t{100}), "100");
  EXPECT_EQ(number(std::uint64_t{999}), "999");
  EXPECT_EQ(number(std::uint64_t{1000}), "1000");
  EXPECT_EQ(number(std::uint64_t{1'007'000}), "1007000");
  EXPECT_EQ(number(std::uint64_t{10'000'000'000'000'000'000U}), "10000000000000000000");
  EXPECT_EQ(number(std::int64_t{-1}), "-1");
  EXPECT_EQ(number(std::int64_t{-50}), "-50");
  EXPECT_EQ(number(std::int64_t{-100'002}), "-100002");
}

TEST(JsonText, WritesTheShortestNumberThatReadsBackEqual) {
  EXPECT_EQ(number(0.05), "0.05");
  EXPECT_EQ(number(1234.0007), "1234.0007");
  EXPECT_EQ(number(35.4), "35.4");
  EXPECT_EQ(number(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(number(1e300), "1e+300");
}

// Answers by Python's json.dumps.
TEST(JsonText, WritesAWholeDoubleWithItsPoint) {
  EXPECT_EQ(number(42.0), "42.0");
  EXPECT_EQ(number(-2.0), "-2.0");
  EXPECT_EQ(number(99999999999.0), "99999999999.0");
  EXPECT_EQ(number(123456789012345.0), "123456789012345.0");
  EXPECT_EQ(number(9007199254740993.0), "9007199254740992.0");
  EXPECT_EQ(number(1e16), "1e+16");
  EXPECT_EQ(number(2.0F), "2.0");
}

TEST(JsonText, WritesNullForWhatIsNoNumber) {
  EXPECT_EQ(number(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(number(-std::numeric_limits<double>::infinity()), "null");
}

}  // namespace
}  // namespace assay::model
