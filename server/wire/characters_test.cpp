#include "server/wire/characters.h"

#include <cstddef>
#include <string>

#include <gtest/gtest.h>

namespace assay::wire {
namespace {

std::size_t place_of_control(const std::string& text) {
  const char* const end = text.data() + text.size();
  return static_cast<std::size_t>(first_control(text.data(), end) - text.data());
}

TEST(FirstControl, IsFoundWhereverItStands) {
  for (std::size_t size = 0; size < 20; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        const bool found = byte < 0x20 || byte == 0x7F;
        ASSERT_EQ(place_of_control(text), found ? at : size) << byte << " at " << at;
      }
    }
  }
}

TEST(FirstControl, IsTheFirstOfMany) {
  EXPECT_EQ(place_of_control("ab\x7F\x01\x80\xFF\r\n12345678"), 2U);
  EXPECT_EQ(place_of_control("\x80\xFF ~abcd\r\n\r\n\r\n"), 8U);
  EXPECT_EQ(place_of_control("\x20\x1F\x7F\x1F"), 1U);
}

}  // namespace
}  // namespace assay::wire
