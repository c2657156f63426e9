#include "harness/load/request/mix.h"

#include <array>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

// Reckoned by a few lines of Python: SplitMix64 entered at k, the upper half of its product with
// the sum of the weights.
TEST(Mix, FollowsFromTheSeedAndTheNumberAlone) {
  constexpr std::array<std::size_t, 40> expected{0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                                 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1,
                                                 0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 0};
  const Mix mix({80, 15, 5}, 1);
  for (std::size_t number = expected.size(); number-- > 0;) {
    EXPECT_EQ(mix.part(number), expected.at(number)) << number;
  }
  const Mix other({80, 15, 5}, 2);
  EXPECT_EQ(other.part(2), 2U);
}

TEST(Mix, DrawsEachPartAsOftenAsItsWeightSays) {
  const Mix mix({80, 15, 5}, 1);
  std::array<int, 3> counts{};
  for (std::uint64_t number = 0; number < 100'000; ++number) ++counts.at(mix.part(number));
  EXPECT_EQ(counts, (std::array{79'999, 14'884, 5'117}));  // by the same lines of Python
}

TEST(Mix, OfOneIsAlwaysThat) {
  EXPECT_EQ(Mix().part(7), 0U);
  EXPECT_EQ(Mix({3}, 9).part(UINT64_MAX), 0U);
}

}  // namespace
}  // namespace assay::load
