#include "harness/load/histogram/zlib_stream.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using namespace std::string_view_literals;

// zlib.compress(b"to be, or not to be, that is the question") of Python, and of nothing.
constexpr std::string_view question =
    "\x78\x9c\x2b\xc9\x57\x48\x4a\xd5\x51\xc8\x2f\x52\xc8\xcb\x2f\x51\x28\x81\xf0\x4a\x32\x12\x4b"
    "\x14\x32\x8b\x81\x74\xaa\x42\x61\x69\x6a\x71\x49\x66\x7e\x1e\x00\x1e\x76\x0e\x45"sv;
constexpr std::string_view nothing = "\x78\x9c\x03\x00\x00\x00\x00\x01"sv;

TEST(ZlibStream, IsReadAsAnotherProgramWroteIt) {
  EXPECT_EQ(inflated(question, 100), "to be, or not to be, that is the question");
  EXPECT_EQ(inflated(nothing, 100), "");
}

TEST(ZlibStream, ComesBackAsItWas) {
  std::string text;
  std::uint32_t number = 1;
  for (int size = 0; size < 70'000; size += 1 + size / 3) {
    while (text.size() < static_cast<std::size_t>(size)) {
      number = number * 48271U % 2147483647U;
      text += static_cast<char>(number % (size % 2 == 0 ? 256 : 3));
    }
    EXPECT_TRUE(inflated(deflated(text), text.size()) == text) << size;
  }
}

TEST(ZlibStream, IsRefusedWhenAnyOfItIsMissingOrWrong) {
  for (std::size_t size = 0; size < question.size(); ++size) {
    EXPECT_EQ(inflated(question.substr(0, size), 100), std::nullopt) << size;
  }
  EXPECT_EQ(inflated(std::string(question) + '\0', 100), std::nullopt);
  std::string wrong(question);
  wrong.back() ^= 1;
  EXPECT_EQ(inflated(wrong, 100), std::nullopt);
}

TEST(ZlibStream, IsRefusedWhenItHoldsMoreThanMayBe) {
  EXPECT_EQ(inflated(question, 41).value_or("").size(), 41U);
  EXPECT_EQ(inflated(question, 40), std::nullopt);
  const std::string bomb = deflated(std::string(10'000'000, '0'));
  EXPECT_LT(bomb.size(), 20'000U);
  EXPECT_EQ(inflated(bomb, 300'000), std::nullopt);
}

}  // namespace
}  // namespace assay::load
