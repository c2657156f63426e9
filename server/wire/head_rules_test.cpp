#include "server/wire/head_rules.h"

#include <optional>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

TEST(ContentLength, ReadsPlainDigits) {
  EXPECT_EQ(parse_content_length("0"), 0U);
  EXPECT_EQ(parse_content_length("526"), 526U);
  EXPECT_EQ(parse_content_length("999999999999999999"), 999'999'999'999'999'999U);
}

TEST(ContentLength, RefusesWhatTwoReadersMayReadDifferently) {
  for (const std::string_view text :
       {"", "+3", "-3", " 3", "3 ", "3,3", "0x3", "1000000000000000000"}) {
    EXPECT_EQ(parse_content_length(text), std::nullopt) << "read: '" << text << "'";
  }
}

TEST(HasToken, FindsAWholeElementInAnyCase) {
  EXPECT_TRUE(has_token("Close", "close"));
  EXPECT_TRUE(has_token("a,\tCLOSE ,b", "close"));
  for (const std::string_view list : {"", "closed", "close d", "a,b", ",,"}) {
    EXPECT_FALSE(has_token(list, "close")) << "read: '" << list << "'";
  }
}

}  // namespace
}  // namespace assay::wire
