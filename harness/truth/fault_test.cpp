#include "harness/truth/fault.h"

#include <vector>

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

const Faults many{0.1, 0.05, 0.05, 0.05, 0.05, 0.05};

// Worked out by a program of twenty lines of Python from the published generator.
TEST(Fate, FollowsFromSeedAndNumberAlone) {
  const std::vector<std::pair<std::uint64_t, Fate>> known = {
      {3, Fate::right},   {4, Fate::silent}, {7, Fate::truncated}, {8, Fate::error},
      {10, Fate::silent}, {14, Fate::reset}, {27, Fate::reset},    {28, Fate::wrong}};
  for (const auto& [request, fate] : known) EXPECT_EQ(fate_of(many, 7, request), fate) << request;
}

TEST(Fate, IsCountedExactlyInAdvance) {
  const FateCounts counts = fates_of_first(many, 7, 1000);
  EXPECT_EQ(counts[Fate::right], 643U);
  EXPECT_EQ(counts[Fate::error], 101U);
  EXPECT_EQ(counts[Fate::reset], 55U);
  EXPECT_EQ(counts[Fate::truncated], 50U);
  EXPECT_EQ(counts[Fate::wrong], 53U);
  EXPECT_EQ(counts[Fate::slow], 41U);
  EXPECT_EQ(counts[Fate::silent], 57U);
  EXPECT_EQ(counts[Fate::refused], 0U);
  EXPECT_EQ(counts.total(), 1000U);
}

TEST(Fate, OfOneInAThousandMeetsItsShare) {
  EXPECT_EQ(fates_of_first({.error = 0.001}, 3, 100000)[Fate::error], 107U);
}

TEST(Fate, IsRightWithoutFaultsAndNeverSoWithNothingElse) {
  EXPECT_EQ(fates_of_first({}, 1, 1000)[Fate::right], 1000U);
  EXPECT_EQ(fates_of_first({.reset = 1}, 1, 1000)[Fate::reset], 1000U);
}

}  // namespace
}  // namespace assay::truth
