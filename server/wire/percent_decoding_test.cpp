#include "server/wire/percent_decoding.h"

#include <cstddef>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

using namespace std::string_view_literals;

TEST(HexDigit, IsReadInEitherCaseAndNothingElseIs) {
  EXPECT_EQ(hex_digit('0'), 0);
  EXPECT_EQ(hex_digit('9'), 9);
  EXPECT_EQ(hex_digit('a'), 10);
  EXPECT_EQ(hex_digit('F'), 15);
  for (const char c : "/:@G`g \xB1"sv) EXPECT_EQ(hex_digit(c), -1) << "read: '" << c << "'";
}

TEST(PercentEncoding, IsWellIfEachPercentHasTwoHexDigits) {
  for (const std::string_view text : {"", "a+b", "%41", "%fF%Fa", "a%2525", "%01"}) {
    EXPECT_TRUE(is_percent_encoded_well(text)) << "read: '" << text << "'";
  }
  for (const std::string_view text :
       {"%", "a%", "%4", "a%4", "%4g", "%g4", "%%41", "%41%", "% 41", "%-1", "%+1", "%u0041"}) {
    EXPECT_FALSE(is_percent_encoded_well(text)) << "read: '" << text << "'";
  }
}

TEST(PercentEncoding, IsNotWellWithAnEncodedNul) {
  EXPECT_FALSE(is_percent_encoded_well("/file%00.txt"));
  EXPECT_TRUE(is_percent_encoded_well("/file%2500.txt"));
}

TEST(PercentDecoding, GivesTheTextItselfWhereNothingIsEncoded) {
  std::string scratch = "left alone";
  const std::string_view text = "/plain+path";
  EXPECT_EQ(percent_decoded(text, scratch).data(), text.data());
  EXPECT_EQ(percent_decoded(text, scratch).size(), text.size());
  EXPECT_EQ(form_decoded("plain", scratch), "plain");
  EXPECT_EQ(scratch, "left alone");
}

TEST(PercentDecoding, DecodesOnceWhatIsWellFormed) {
  std::string scratch;
  for (const auto& [text, expected] : {std::pair{"%41"sv, "A"sv},
                                       {"a%20b%2Fc", "a b/c"},
                                       {"%c3%A9", "\xC3\xA9"},
                                       {"%2541", "%41"},
                                       {"%00", "\0"sv},
                                       {"%E2%82%AC+", "\xE2\x82\xAC+"}}) {
    EXPECT_EQ(percent_decoded(text, scratch), expected) << "read: '" << text << "'";
  }
}

TEST(PercentDecoding, LeavesMalformedEscapesAsTheyAre) {
  std::string scratch;
  for (const auto& [text, expected] : {std::pair{"%"sv, "%"sv},
                                       {"%4", "%4"},
                                       {"%4g", "%4g"},
                                       {"%%41", "%A"},
                                       {"%4%41", "%4A"},
                                       {"%41%", "A%"},
                                       {"100%!", "100%!"}}) {
    EXPECT_EQ(percent_decoded(text, scratch), expected) << "read: '" << text << "'";
  }
}

TEST(PercentDecoding, EndsWhereTheViewEnds) {
  std::string scratch;
  const std::string_view text = "%41";
  for (const std::size_t size : {1, 2}) {
    EXPECT_EQ(percent_decoded(text.substr(0, size), scratch), text.substr(0, size));
    EXPECT_FALSE(is_percent_encoded_well(text.substr(0, size)));
  }
}

TEST(PercentDecoding, ReadsAPlusAsASpaceInFormsAlone) {
  std::string scratch;
  EXPECT_EQ(form_decoded("a+b%2Bc+", scratch), "a b+c ");
  EXPECT_EQ(form_decoded("+", scratch), " ");
  EXPECT_EQ(form_decoded("%+41", scratch), "% 41");
  EXPECT_EQ(percent_decoded("a+b%20c", scratch), "a+b c");
}

TEST(PercentEncoding, KeepsWhatIsUnreserved) {
  EXPECT_EQ(percent_encoded("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encoded("a b/c?d%+&=\xC3\xA9"), "a%20b%2Fc%3Fd%25%2B%26%3D%C3%A9");
  EXPECT_EQ(percent_encoded("\0\x7F"sv), "%00%7F");
  EXPECT_EQ(percent_encoded(""), "");
}

TEST(PercentEncoding, OfEveryByteIsDecodedToThatByte) {
  std::string scratch;
  for (int code = 0; code < 256; ++code) {
    const std::string text(1, static_cast<char>(code));
    EXPECT_EQ(percent_decoded(percent_encoded(text), scratch), text) << code;
    EXPECT_EQ(form_decoded(percent_encoded(text), scratch), text) << code;
  }
}

}  // namespace
}  // namespace assay::wire
