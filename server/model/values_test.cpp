#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/model/everything.h"
#include "server/model/json_read.h"
#include "server/model/json_write.h"
#include "server/model/text_value.h"

namespace assay::model {
namespace {

constexpr std::string_view all =
    R"({"id":2,"small":200,"large":18446744073709551615,"price":-0.00125,"ratio":0.1,)"
    R"("paid":false,"name":"a\n\"\\é","color":"light_blue","size":"medium-size","tags":["x","yy"],)"
    R"("counts":{"a":1000.0,"b":0.0},"pet":{"kind":"dog","name":"Rex","friends":[{"kind":"cat",)"
    R"("lives":3}]},"day":"2024-02-29","moment":"2026-02-28T23:59:59.25+02:00",)"
    R"("key":"12345678-1234-5678-1234-567812345678","limit":20,"pair":[1,2],"flags":[true,false],)"
    R"("inner":{"count":null,"inner":[{"count":-3,"inner":[]}]}})";

TEST(Values, OfEveryKindAreWrittenAsTheyWereRead) {
  const auto reading = from_json<Everything>(all);
  ASSERT_TRUE(reading.ok()) << text(reading.problems[0]);
  EXPECT_EQ(to_json(reading.value), all);
}

TEST(Values, AbsentOnesAreTheirDefaults) {
  const auto value = from_json<Everything>(R"({"name":"a","id":1,"price":2})").value;
  EXPECT_EQ(value.small, 7);
  EXPECT_TRUE(value.paid);
  EXPECT_EQ(value.color, Color::light_blue);
  EXPECT_EQ(std::get<Cat>(value.pet).lives, 3);
  EXPECT_EQ(value.day.text(), "2026-02-28");
  EXPECT_EQ(value.limit, 10);
}

TEST(Values, ReadOverOthersLeaveNothingOfThem) {
  Everything value = from_json<Everything>(all).value;
  std::vector<Problem> problems;
  ASSERT_TRUE(read_json(value, R"({"id":1,"price":1.5,"name":"a"})", problems));
  EXPECT_EQ(value, from_json<Everything>(R"({"id":1,"price":1.5,"name":"a"})").value);
}

TEST(Values, AreReadWhateverWhiteSpaceStandsBetweenThem) {
  std::string spaced;
  bool in_text = false;
  for (const char c : all) {
    if (c == '"') in_text = spaced.ends_with('\\') ? in_text : !in_text;
    const bool mark = !in_text && std::string_view("{}[]:,").find(c) != std::string_view::npos;
    spaced += mark ? std::string(" \n") + c + "\t\r " : std::string(1, c);
  }
  const auto reading = from_json<Everything>(spaced);
  ASSERT_TRUE(reading.ok()) << text(reading.problems[0]);
  EXPECT_EQ(to_json(reading.value), all);
}

TEST(Values, CutOffAtAnyByteAreMalformed) {
  for (std::size_t length = 0; length < all.size(); ++length) {
    const std::string cut(all.substr(0, length));
    EXPECT_TRUE(from_json<Everything>(cut).malformed) << "cut at " << length;
  }
}

TEST(Integers, MayBeWrittenWithAPointOrAnExponent) {
  for (const std::string_view number :
       {"10", "10.0", "1e1", "1E+1", "100e-1", "0.1e2", "1.00e01"}) {
    const auto reading = from_json<std::uint8_t>(number);
    EXPECT_TRUE(reading.ok()) << number;
    EXPECT_EQ(reading.value, 10) << number;
  }
  EXPECT_EQ(from_json<int>("-0").value, 0);
  EXPECT_EQ(from_json<int>("0e999999999").value, 0);
  EXPECT_EQ(from_json<std::int64_t>("-9223372036854775808").value,
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(from_json<std::int64_t>("9223372036854775807").value,
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(from_json<std::uint64_t>("18446744073709551615").value,
            std::numeric_limits<std::uint64_t>::max());
}

TEST(Integers, AreRefusedWithARestOrOutOfRange) {
  EXPECT_EQ(from_json<int>("1.5").problems.at(0).kind, "int_from_float");
  EXPECT_EQ(from_json<int>("1e-1").problems.at(0).kind, "int_from_float");
  EXPECT_EQ(from_json<int>("1e-999999999999999999999").problems.at(0).kind, "int_from_float");
  EXPECT_EQ(from_json<std::int8_t>("128").problems.at(0).kind, "less_than_equal");
  EXPECT_EQ(from_json<std::int64_t>("-9223372036854775809").problems.at(0).kind,
            "greater_than_equal");
  EXPECT_EQ(from_json<std::uint64_t>("1e20").problems.at(0).kind, "less_than_equal");
  for (const std::string_view number : {"01", "-", "1.", "1e", "+1", ".5"}) {
    EXPECT_TRUE(from_json<int>(number).malformed) << number;
  }
}

// Answers by Python's float().
TEST(Doubles, AreRoundedCorrectly) {
  const std::vector<std::pair<std::string_view, double>> answers = {
      {"0.1", 0.1},
      {"35.4", 35.4},
      {"9007199254740993", 9007199254740992.0},
      {"9007199254740993.0000000000000000000000001", 9007199254740994.0},
      {"1e23", 1e23},
      {"8.5e22", 8.5e22},
      {"2.2250738585072014e-308", 2.2250738585072014e-308},
      {"5e-324", 5e-324},
      {"2.4703282292062327e-324", 0.0},
      {"1.7976931348623157e308", 1.7976931348623157e308},
      {"123456789012345678901234567890", 1.2345678901234568e29},
      {"0.000000000000000000000000000000000000000000001", 1e-45},
      {"1e-999", 0.0}};
  for (const auto& [number, answer] : answers) {
    const auto reading = from_json<double>(number);
    EXPECT_TRUE(reading.ok()) << number;
    EXPECT_EQ(reading.value, answer) << number;
  }
  EXPECT_TRUE(std::signbit(from_json<double>("-0").value));
  EXPECT_TRUE(std::signbit(from_json<double>("-1e-999").value));
  EXPECT_EQ(from_json<double>("1e400").problems.at(0).kind, "finite_number");
  EXPECT_EQ(from_json<float>("16777217").value, 16777216.0F);
}

TEST(Doubles, OfManyBitPatternsAreWrittenSoThatTheyReadBackEqual) {
  std::uint64_t bits = 1;
  for (int i = 0; i < 20'000; ++i) {
    bits = bits * 6364136223846793005U + 1442695040888963407U;
    double value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    if (i % 2 == 0) value = static_cast<double>(bits % 100'000'000) / 100;  // as prices are
    if (!std::isfinite(value)) continue;
    EXPECT_EQ(from_json<double>(to_json(value)).value, value) << to_json(value);
  }
}

TEST(Doubles, OfFewDecimalsAreWrittenWithThose) {
  EXPECT_EQ(to_json(0.0), "0.0");
  EXPECT_EQ(to_json(-0.0), "-0.0");
  EXPECT_EQ(to_json(0.07), "0.07");
  EXPECT_EQ(to_json(-1234.5), "-1234.5");
  EXPECT_EQ(to_json(0.0001), "0.0001");
  EXPECT_EQ(to_json(99999999999.25), "99999999999.25");
  EXPECT_EQ(to_json(1e15), "1000000000000000.0");
}

TEST(Dates, AreThoseOfTheCalendar) {
  Date date;
  EXPECT_FALSE(Date::parse("2024-02-29", date));
  EXPECT_EQ(date, (Date{2024, 2, 29}));
  for (const std::string_view wrong : {"2023-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
                                       "2026-04-31", "2026-1-01", "2026-01-01x", "", "26-01-01"}) {
    EXPECT_TRUE(Date::parse(wrong, date)) << wrong;
  }
}

TEST(Dates, WithATimeKnowTheMomentOfTheirOffset) {
  DateTime moment;
  ASSERT_FALSE(DateTime::parse("2026-01-01T01:30:00.000001+01:30", moment));
  // date -u -d 2026-01-01 +%s
  EXPECT_EQ(moment.since_epoch().count(), 1767225600'000001);
  EXPECT_EQ(moment.text(), "2026-01-01T01:30:00.000001+01:30");
  ASSERT_FALSE(DateTime::parse("1969-12-31t23:59:59.123456789z", moment));
  EXPECT_EQ(moment.since_epoch().count(), -876544);
  EXPECT_EQ(moment.text(), "1969-12-31T23:59:59.123456Z");
  for (const std::string_view wrong :
       {"2026-01-01", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00Zx", "2026-01-01T00:00Z"}) {
    EXPECT_TRUE(DateTime::parse(wrong, moment)) << wrong;
  }
}

TEST(Uuids, AreReadInEachUsualForm) {
  Uuid key;
  for (const std::string_view form :
       {"12345678-90ab-cdef-1234-567890abcdef", "12345678-90AB-CDEF-1234-567890ABCDEF",
        "1234567890abcdef1234567890abcdef", "{12345678-90ab-cdef-1234-567890abcdef}",
        "urn:uuid:12345678-90ab-cdef-1234-567890abcdef"}) {
    key = {};
    EXPECT_FALSE(Uuid::parse(form, key)) << form;
    EXPECT_EQ(key.text(), "12345678-90ab-cdef-1234-567890abcdef");
  }
  for (const std::string_view wrong :
       {"", "12345678-90ab-cdef-1234-567890abcde", "12345678-90ab-cdef-1234-567890abcdeg",
        "1234567-890ab-cdef-1234-567890abcdef", "123456780-90ab-cdef-1234-567890abcde"}) {
    EXPECT_TRUE(Uuid::parse(wrong, key)) << wrong;
  }
}

template <class T>
std::string read_as(std::string_view text) {
  T value{};
  const auto problem = read_text(value, text);
  return problem ? problem->kind : to_json(value);
}

TEST(TextValues, AreAsLaxAsFastApiIsWithStrings) {
  EXPECT_EQ(read_as<int>("42"), "42");
  EXPECT_EQ(read_as<int>(" -1 "), "-1");
  EXPECT_EQ(read_as<int>("+007.0"), "7");
  for (const std::string_view wrong : {"", "x", "4_2", "0x2a", "4.5", "1e3", "- 1", "1 2", "."}) {
    EXPECT_EQ(read_as<int>(wrong), "int_parsing") << wrong;
  }
  EXPECT_EQ(read_as<std::uint8_t>("256"), "less_than_equal");
  EXPECT_EQ(read_as<double>("1.5e1"), "15.0");
  EXPECT_EQ(read_as<double>(".5"), "0.5");
  EXPECT_EQ(read_as<double>("5."), "5.0");
  EXPECT_EQ(read_as<double>("nan"), "float_parsing");
  EXPECT_EQ(read_as<double>("1e999"), "finite_number");
  for (const std::string_view yes : {"true", "1", "yes", "on", "t", "y", "TRUE", "On"}) {
    EXPECT_EQ(read_as<bool>(yes), "true") << yes;
  }
  for (const std::string_view no : {"false", "0", "no", "off", "f", "n", "FALSE"}) {
    EXPECT_EQ(read_as<bool>(no), "false") << no;
  }
  EXPECT_EQ(read_as<bool>("falsehood"), "bool_parsing");
  EXPECT_EQ(read_as<Size>("small-size"), R"("small-size")");
  EXPECT_EQ(read_as<Size>("s"), "enum");
  EXPECT_EQ(read_as<std::optional<Date>>("2026-01-01"), R"("2026-01-01")");
  EXPECT_EQ(read_as<Uuid>("x"), "uuid_parsing");
  EXPECT_EQ(read_as<std::string>("\xFF"), "string_unicode");
}

}  // namespace
}  // namespace assay::model
