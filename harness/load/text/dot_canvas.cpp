#include "harness/load/text/dot_canvas.h"

#include <algorithm>
#include <array>

namespace assay::load {
namespace {

constexpr std::size_t braille_across = 2;
// Unicode 15, 21.1: the dots are numbered down the left, down the right, and then the lowest two.
constexpr std::array<std::array<std::uint8_t, braille_across>, DotCanvas::dots_down> braille_dots{
    {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};

std::string braille(std::uint8_t dots) {
  if (dots == 0) return " ";
  // U+2800 and the dots, in UTF-8.
  return {'\xe2', static_cast<char>(0xa0 | dots >> 6U), static_cast<char>(0x80 | (dots & 63U))};
}

}  // namespace

DotCanvas::DotCanvas(std::size_t columns, std::size_t rows, Glyphs glyphs)
    : columns_(columns),
      across_(glyphs == Glyphs::unicode ? braille_across : 1),
      cells_(columns * rows) {}

void DotCanvas::set(std::size_t x, std::size_t y, bool is_faint) {
  std::uint8_t& cell = cells_.at(y / dots_down * columns_ + x / across_);
  if (across_ == braille_across) {
    cell |= braille_dots.at(y % dots_down).at(x % across_);
  } else {
    cell = std::max<std::uint8_t>(cell, is_faint ? 1 : 2);
  }
}

std::string DotCanvas::row(std::size_t row) const {
  std::string text;
  for (std::size_t column = 0; column < columns_; ++column) {
    const std::uint8_t cell = cells_.at(row * columns_ + column);
    if (across_ == braille_across) {
      text += braille(cell);
    } else {
      text += std::string_view(" .*").at(cell);
    }
  }
  return text;
}

}  // namespace assay::load
