#include "harness/load/text/seconds_text.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

TEST(SecondsText, IsANumberOfSecondsOrOneWithItsUnit) {
  EXPECT_EQ(parse_seconds("10"), 10);
  EXPECT_EQ(parse_seconds("0.5"), 0.5);
  EXPECT_EQ(parse_seconds("1e3"), 1000);
  EXPECT_EQ(parse_seconds("10s"), 10);
  EXPECT_EQ(parse_seconds("500ms"), 0.5);
  EXPECT_EQ(parse_seconds("1.5m"), 90);
  EXPECT_EQ(parse_seconds("2h"), 7200);
  EXPECT_DOUBLE_EQ(*parse_seconds("250us"), 0.00025);
  EXPECT_EQ(parse_seconds("0"), 0);  // whether it is enough is for others to say
  EXPECT_EQ(parse_seconds("-1s"), -1);
}

TEST(SecondsText, IsNothingElse) {
  for (const auto* text : {"", "s", "ms", "ten", "10 s", " 10", "10S", "10sec", "1d", "0x10", "nan",
                           "inf", "1.2.3", "1-2", "10ss", "."}) {
    EXPECT_EQ(parse_seconds(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace assay::load
