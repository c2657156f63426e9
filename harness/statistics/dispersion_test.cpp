#include "harness/statistics/dispersion.h"

#include <vector>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

// Mean 4; squares 1 + 1 + 0 + 16 + 16 + 0 = 34; 34 / 5 / 4 = 1.7, as numpy's var(ddof=1) has it.
TEST(IndexOfDispersion, IsTheVarianceOverTheMean) {
  EXPECT_DOUBLE_EQ(index_of_dispersion(std::vector<double>{3, 5, 4, 8, 0, 4}), 1.7);
}

TEST(IndexOfDispersion, OfAClockIsNothing) {
  EXPECT_DOUBLE_EQ(index_of_dispersion(std::vector<double>{7, 7, 7, 7}), 0);
}

}  // namespace
}  // namespace assay::statistics
