#include "harness/statistics/holm.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

void expect_adjusted(const std::vector<double>& p, const std::vector<double>& expected) {
  const std::vector<double> found = holm_adjusted(p);
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < p.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-15) << i;
}

// Ascending: 4 x 0.005, 3 x 0.01, 2 x 0.03, and 0.04, which may not end below 0.06.
TEST(Holm, MultipliesEachByHowManyAreNotYetRejected) {
  expect_adjusted({0.01, 0.04, 0.03, 0.005}, {0.03, 0.06, 0.06, 0.02});
}

TEST(Holm, NeverExceedsOne) { expect_adjusted({0.6, 0.9, 0.7}, {1, 1, 1}); }

TEST(Holm, LeavesOneAloneAsItIs) {
  expect_adjusted({0.04}, {0.04});
  expect_adjusted({}, {});
}

}  // namespace
}  // namespace assay::statistics
