#include "harness/load/text/decimal.h"

#include <vector>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

TEST(Decimal, IsTheSameHoweverItIsWritten) {
  const std::vector<std::vector<std::string_view>> same = {
      {"1", "1.0", "1e0", "10e-1", "0.1E+1", "1.000", "0.00001e5"},
      {"0", "-0", "0.0", "0e5", "-0.00e-3"},
      {"-120", "-1.2e2", "-120.00", "-12E1"},
      {"12345678901234567890.5", "1234567890123456789050e-2"},
      {"1e400", "10e399"}};
  for (const auto& group : same) {
    for (const std::string_view text : group) {
      EXPECT_EQ(decimal_of(text), decimal_of(group.front())) << text;
    }
  }
}

TEST(Decimal, LosesNoDigit) {
  EXPECT_NE(decimal_of("9007199254740993"), decimal_of("9007199254740992"));
  EXPECT_NE(decimal_of("0.1"), decimal_of("0.1000000000000000055511151231257827"));
  EXPECT_NE(decimal_of("1e400"), decimal_of("1e401"));
  EXPECT_NE(decimal_of("1"), decimal_of("-1"));
}

TEST(Decimal, HasAnOrder) {
  const std::vector<std::string_view> order = {"-1e400",
                                               "-12",
                                               "-9.5",
                                               "-9",
                                               "-1e-9",
                                               "0",
                                               "1e-400",
                                               "0.09",
                                               "0.1",
                                               "0.12",
                                               "1",
                                               "9",
                                               "10",
                                               "9007199254740992",
                                               "9007199254740993",
                                               "1e400"};
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = 0; j < order.size(); ++j) {
      EXPECT_EQ(decimal_of(order[i]) < decimal_of(order[j]), i < j) << order[i] << ' ' << order[j];
    }
  }
}

TEST(Decimal, IsWholeByItsValue) {
  for (const auto* text : {"0", "1.0", "1e3", "-12.00", "1.5e1", "0.001e3", "1e400"}) {
    EXPECT_TRUE(decimal_of(text).is_whole()) << text;
  }
  for (const auto* text : {"0.5", "1.5", "-1e-1", "1e-400", "12345678901234567890.5"}) {
    EXPECT_FALSE(decimal_of(text).is_whole()) << text;
  }
}

TEST(Decimal, IsAMultipleToTheLastDigit) {
  const auto is = [](std::string_view value, std::string_view step) {
    return is_multiple(decimal_of(value), decimal_of(step));
  };
  EXPECT_TRUE(is("0.3", "0.1"));  // in doubles it is none
  EXPECT_TRUE(is("19.99", "0.01"));
  EXPECT_TRUE(is("-9", "3"));
  EXPECT_TRUE(is("0", "7"));
  EXPECT_TRUE(is("1e100", "5"));
  EXPECT_TRUE(is("1e18", "0.000000000000000002"));
  EXPECT_TRUE(is("4.5", "1.5"));
  EXPECT_FALSE(is("0.35", "0.1"));
  EXPECT_FALSE(is("10", "3"));
  EXPECT_FALSE(is("1e100", "7"));
  EXPECT_FALSE(is("9007199254740993", "2"));
  EXPECT_FALSE(is("1e-9", "1"));
  EXPECT_FALSE(is("1", "999999999999999999"));
}

TEST(Decimal, TakesAnExponentOfAnyLength) {
  EXPECT_EQ(decimal_of("1e99999999999999999999"), decimal_of("1e1000000000"));
  EXPECT_TRUE(decimal_of("1e-99999999999999999999") < decimal_of("1e-400"));
}

}  // namespace
}  // namespace assay::load
