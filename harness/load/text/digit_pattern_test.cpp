#include "harness/load/text/digit_pattern.h"

#include <string>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

bool accepts(std::string_view pattern, std::string_view text) {
  const Result<DigitPattern> read = DigitPattern::of(pattern);
  EXPECT_TRUE(read.has_value()) << pattern;
  return read && read->accepts(text);
}

TEST(DigitPattern, TakesNumbersWhereItSaysDigitsAndItselfElsewhere) {
  constexpr auto pattern = "Found: item-{digits}, counter={digits}\n";
  for (const auto* text :
       {"Found: item-7, counter=0\n", "Found: item-007, counter=18446744073709551616\n"}) {
    EXPECT_TRUE(accepts(pattern, text)) << text;
  }
  for (const auto* text :
       {"", "Found: item-7, counter=0", "Found: item-7, counter=0\n\n", "Found: item-, counter=0\n",
        "Found: item-7, counter=\n", "Found: item-7a, counter=0\n", "Found: item--7, counter=0\n",
        "found: item-7, counter=0\n", " Found: item-7, counter=0\n", "Found: item-7",
        "Found: item-", "Found: item-7, counter=0x\n",
        "Found: item-{digits}, counter={digits}\n"}) {
    EXPECT_FALSE(accepts(pattern, text)) << text;
  }
}

TEST(DigitPattern, MayBeginOrEndWithDigitsOrHaveNone) {
  EXPECT_TRUE(accepts("{digits}", "42"));
  EXPECT_FALSE(accepts("{digits}", ""));
  EXPECT_FALSE(accepts("{digits}", "4 2"));
  EXPECT_TRUE(accepts("{digits}:{digits}", "1:22"));
  EXPECT_TRUE(accepts("v1.{digits}", "v1.9"));  // a digit before is a letter like any other
  EXPECT_FALSE(accepts("v1.{digits}", "v2.9"));
  EXPECT_TRUE(accepts("plain", "plain"));
  EXPECT_FALSE(accepts("plain", "plainer"));
  EXPECT_TRUE(accepts("{digit}{ {}", "{digit}{ {}"));  // other braces are what they are
}

TEST(DigitPattern, TakesAnyOneOfSeveralTextsAndNotTwo) {
  constexpr auto pattern = "Created: {digits}\n{or}Found: {digits}, counter={digits}\n";
  EXPECT_TRUE(accepts(pattern, "Created: 7\n"));
  EXPECT_TRUE(accepts(pattern, "Found: 7, counter=1\n"));
  EXPECT_FALSE(accepts(pattern, "Created: 7\nFound: 7, counter=1\n"));
  EXPECT_FALSE(accepts(pattern, "Created: 7, counter=1\n"));
  EXPECT_TRUE(accepts("a{or}b{or}c", "c"));
}

TEST(DigitPattern, IsRefusedWhereItCouldBeReadInTwoWays) {
  for (const auto* pattern :
       {"", "{digits}{digits}", "a{digits}0b", "a{or}", "{or}a", "a{or}{or}b"}) {
    EXPECT_FALSE(DigitPattern::of(pattern).has_value()) << pattern;
  }
}

}  // namespace
}  // namespace assay::load
