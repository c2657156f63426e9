#include "harness/lab/capacity_search.h"

#include <cmath>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

TEST(CapacitySearch, FindsTheHighestRateThatIsKeptWithinItsPrecision) {
  for (const double capacity : {3.0, 480.0, 700.0, 999.0}) {
    const auto found =
        highest_rate(1000, {}, [&](double rate) { return std::optional(rate <= capacity); });
    ASSERT_TRUE(found) << capacity;
    EXPECT_LE(*found, capacity);
    EXPECT_GE(*found, capacity * 0.98 - 1000 * std::pow(0.5, 14)) << capacity;
  }
}

TEST(CapacitySearch, FindsNoneWhereNoneIsKept) {
  int probes = 0;
  EXPECT_FALSE(highest_rate(1000, {0.02, 9}, [&](double) {
    ++probes;
    return std::optional(false);
  }));
  EXPECT_EQ(probes, 9);
}

TEST(CapacitySearch, EndsWhenItIsCalledOff) {
  int probes = 0;
  EXPECT_FALSE(highest_rate(1000, {}, [&](double) {
    ++probes;
    return probes < 3 ? std::optional(true) : std::nullopt;
  }));
  EXPECT_EQ(probes, 3);
}

}  // namespace
}  // namespace assay::lab
