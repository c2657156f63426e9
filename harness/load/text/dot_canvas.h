// A drawing of dots as lines of characters: in Braille two across a character and four down; else
// one across, and which of four down is not seen. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/load/text/glyphs.h"

namespace assay::load {

class DotCanvas {
 public:
  static constexpr std::size_t dots_down = 4;  // of a character

  DotCanvas(std::size_t columns, std::size_t rows, Glyphs glyphs);

  std::size_t width() const { return columns_ * across_; }      // in dots
  std::size_t dot_gap() const { return across_ == 1 ? 2 : 3; }  // of what is drawn dotted

  // From the left and from the top. `is_faint` shows where a character is all there is for a dot.
  void set(std::size_t x, std::size_t y, bool is_faint);
  std::string row(std::size_t row) const;  // as wide as the canvas

 private:
  std::size_t columns_;
  std::size_t across_;               // dots of a character
  std::vector<std::uint8_t> cells_;  // Braille: its dots; else: faint 1, full 2
};

}  // namespace assay::load
