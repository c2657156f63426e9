#include "harness/load/text/dot_canvas.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

TEST(DotCanvas, PutsEightDotsIntoACharacter) {
  DotCanvas canvas(3, 2, Glyphs::unicode);
  EXPECT_EQ(canvas.width(), 6U);
  canvas.set(0, 0, false);
  canvas.set(3, 3, false);
  canvas.set(4, 4, true);
  for (std::size_t y = 4; y < 8; ++y) {
    canvas.set(0, y, false);
    canvas.set(1, y, false);
  }
  EXPECT_EQ(canvas.row(0), "⠁⢀ ");
  EXPECT_EQ(canvas.row(1), "⣿ ⠁");
}

TEST(DotCanvas, ShowsTheFullOfTwoDotsWhereThereIsOneCharacter) {
  DotCanvas canvas(4, 1, Glyphs::ascii);
  EXPECT_EQ(canvas.width(), 4U);
  canvas.set(0, 0, true);
  canvas.set(1, 1, false);
  canvas.set(2, 2, false);
  canvas.set(2, 3, true);
  EXPECT_EQ(canvas.row(0), ".** ");
}

}  // namespace
}  // namespace assay::load
