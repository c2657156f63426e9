#include "harness/truth/time_text.h"

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

using load::nanoseconds;

TEST(TimeText, IsReadToTheNanosecond) {
  EXPECT_EQ(parse_time("0ns"), nanoseconds(0));
  EXPECT_EQ(parse_time("17ns"), nanoseconds(17));
  EXPECT_EQ(parse_time("250us"), nanoseconds(250'000));
  EXPECT_EQ(parse_time("1.5ms"), nanoseconds(1'500'000));
  EXPECT_EQ(parse_time("0.123456ms"), nanoseconds(123'456));
  EXPECT_EQ(parse_time("2s"), nanoseconds(2'000'000'000));
  EXPECT_EQ(parse_time("0001.000000001s"), nanoseconds(1'000'000'001));
  EXPECT_EQ(parse_time("3600s"), nanoseconds(3'600'000'000'000));
}

TEST(TimeText, IsNoTimeWithoutNumberOrUnitOrBeyondAnHour) {
  for (const std::string_view text :
       {"", "5", "ms", ".5ms", "1.ms", "1.2.3ms", "-1ms", "+1ms", " 1ms", "1 ms", "1m", "1MS",
        "1.5ns", "0.0001us", "3601s", "3600.000000001s", "99999999999999999999999s", "1e3us"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace assay::truth
