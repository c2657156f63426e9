#include "harness/statistics/rank_sums.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

void expect_chances(const std::vector<double>& found, const std::vector<double>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t sum = 0; sum < found.size(); ++sum) {
    EXPECT_NEAR(found[sum], expected[sum], 1e-15) << "sum " << sum;
  }
}

// 1 + 2, 1 + 3, 1 + 4 and 2 + 3, 2 + 4, 3 + 4.
TEST(RankSums, CountEveryChoiceOnce) {
  expect_chances(rank_sum_chances(std::array<std::size_t, 4>{1, 2, 3, 4}, 2),
                 {0, 0, 0, 1 / 6.0, 1 / 6.0, 2 / 6.0, 1 / 6.0, 1 / 6.0, 0, 0, 0});
}

// 2 + 5 twice, 2 + 8 and 5 + 5, 5 + 8 twice.
TEST(RankSums, CountEqualRanksAsManyTimesAsTheyOccur) {
  const auto chances = rank_sum_chances(std::array<std::size_t, 4>{2, 5, 5, 8}, 2);
  EXPECT_NEAR(chances.at(7), 1 / 3.0, 1e-15);
  EXPECT_NEAR(chances.at(10), 1 / 3.0, 1e-15);
  EXPECT_NEAR(chances.at(13), 1 / 3.0, 1e-15);
  EXPECT_EQ(chances.at(12), 0);
}

// Of the eight choices from 1, 2 and 3: none, 1, 2, 3 and 1 + 2, 1 + 3, 2 + 3, all.
TEST(SignedRanks, FallAsCoinsDo) {
  expect_chances(signed_rank_chances(3), {0.125, 0.125, 0.125, 0.25, 0.125, 0.125, 0.125});
  expect_chances(signed_rank_chances(0), {1});
}

}  // namespace
}  // namespace assay::statistics
