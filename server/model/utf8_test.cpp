#include "server/model/utf8.h"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

namespace assay::model {
namespace {

TEST(Utf8, ReadsBackEveryCharacterThatItWrote) {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code < 0xE000) continue;
    std::string text;
    append_utf8(text, code);
    ASSERT_EQ(utf8_length(text), text.size()) << "U+" << std::hex << code;
  }
}

TEST(Utf8, WritesTheFirstAndLastOfEachLength) {
  std::string text;
  for (const std::uint32_t code : {0x7FU, 0x80U, 0x7FFU, 0x800U, 0xFFFFU, 0x10000U, 0x10FFFFU}) {
    append_utf8(text, code);
  }
  EXPECT_EQ(text, "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

TEST(Utf8, CountsOnlyTheFirstCharacter) {
  EXPECT_EQ(utf8_length("abc"), 1U);
  EXPECT_EQ(utf8_length("\xE2\x82\xAC\xFF"), 3U);
  EXPECT_EQ(utf8_length(""), 0U);
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
  for (const std::string_view text : {"\x80",              // continues nothing
                                      "\xC0\x80",          // overlong
                                      "\xC1\xBF",          // overlong
                                      "\xE0\x9F\xBF",      // overlong
                                      "\xF0\x8F\xBF\xBF",  // overlong
                                      "\xED\xA0\x80",      // a surrogate
                                      "\xF4\x90\x80\x80",  // above U+10FFFF
                                      "\xF5\x80\x80\x80",  // above U+10FFFF
                                      "\xFF",
                                      "\xC3",      // cut off
                                      "\xE2\x82",  // cut off
                                      "\xC3(", "\xE2(\xAC", "\xE2\x82("}) {
    EXPECT_EQ(utf8_length(text), 0U) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace assay::model
