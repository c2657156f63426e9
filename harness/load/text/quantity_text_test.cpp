#include "harness/load/text/quantity_text.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

TEST(QuantityText, GivesTimesThreeDigitsAndTheUnitThatFits) {
  for (const auto& [ns, text] : {std::pair{0L, "0 ns"},
                                 {850L, "850 ns"},
                                 {999L, "999 ns"},
                                 {1000L, "1.00 us"},
                                 {9994L, "9.99 us"},
                                 {9996L, "10.0 us"},
                                 {12'345L, "12.3 us"},
                                 {99'960L, "100 us"},
                                 {371'400L, "371 us"},
                                 {999'400L, "999 us"},
                                 {999'600L, "1.00 ms"},
                                 {1'120'000L, "1.12 ms"},
                                 {45'600'000L, "45.6 ms"},
                                 {999'700'000L, "1.00 s"},
                                 {75'000'000'000L, "75.0 s"},
                                 {3'600'000'000'000L, "3600 s"}}) {
    EXPECT_EQ(time_text(nanoseconds(ns)), text) << ns;
  }
}

TEST(QuantityText, SetsThousandsApart) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1,000");
  EXPECT_EQ(count_text(412'370), "412,370");
  EXPECT_EQ(count_text(18'446'744'073'709'551'615U), "18,446,744,073,709,551,615");
}

TEST(QuantityText, GivesSlowRatesTheirDecimals) {
  EXPECT_EQ(rate_text(0), "0");
  EXPECT_EQ(rate_text(7.25), "7.25");
  EXPECT_EQ(rate_text(99.94), "99.9");
  EXPECT_EQ(rate_text(99.96), "100");
  EXPECT_EQ(rate_text(41'236.6), "41,237");
}

TEST(QuantityText, CountsBytesInThousands) {
  EXPECT_EQ(bytes_text(512), "512 B");
  EXPECT_EQ(bytes_text(1250), "1.25 kB");
  EXPECT_EQ(bytes_text(52'100'000), "52.1 MB");
  EXPECT_EQ(bytes_text(3'000'000'000'000'000), "3000 TB");
}

TEST(QuantityText, GivesSmallSharesADecimal) {
  EXPECT_EQ(share_text(0), "0 %");
  EXPECT_EQ(share_text(0.004), "0.4 %");
  EXPECT_EQ(share_text(0.0996), "10 %");
  EXPECT_EQ(share_text(0.614), "61 %");
  EXPECT_EQ(share_text(-0.031), "-3.1 %");
}

}  // namespace
}  // namespace assay::load
