#include "harness/load/text/glyphs.h"

#include <gtest/gtest.h>

namespace assay::load {
namespace {

TEST(Glyphs, AreThoseOfTheFirstLocaleThatIsSet) {
  EXPECT_EQ(glyphs_of(nullptr, nullptr, nullptr), Glyphs::ascii);
  EXPECT_EQ(glyphs_of(nullptr, nullptr, "en_US.UTF-8"), Glyphs::unicode);
  EXPECT_EQ(glyphs_of(nullptr, "UTF-8", "C"), Glyphs::unicode);
  EXPECT_EQ(glyphs_of("", "", "C.utf8"), Glyphs::unicode);
  EXPECT_EQ(glyphs_of("C", "UTF-8", "en_US.UTF-8"), Glyphs::ascii);
  EXPECT_EQ(glyphs_of("POSIX", nullptr, nullptr), Glyphs::ascii);
  EXPECT_EQ(glyphs_of("de_DE.ISO-8859-1", nullptr, nullptr), Glyphs::ascii);
}

}  // namespace
}  // namespace assay::load
