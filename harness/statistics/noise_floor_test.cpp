#include "harness/statistics/noise_floor.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

// numpy.quantile([0.004, 0.01, 0.02, 0.05], [0.5, 0.95]): 0.015 and 0.0455.
TEST(NoiseFloor, IsHowFarTwinsLieApartWhicheverIsAhead) {
  const auto noise = noise_floor(std::array{1.01, 1 / 1.05, 1 / 1.004, 1.02});
  ASSERT_TRUE(noise);
  EXPECT_NEAR(noise->median, 0.015, 1e-12);
  EXPECT_NEAR(noise->p95, 0.0455, 1e-12);
}

TEST(NoiseFloor, OfOnePairIsItsOwnDistance) {
  const auto noise = noise_floor(std::array{0.8});
  ASSERT_TRUE(noise);
  EXPECT_NEAR(noise->median, 0.25, 1e-12);
  EXPECT_NEAR(noise->p95, 0.25, 1e-12);
}

TEST(NoiseFloor, IsNotGivenWithoutARatio) {
  EXPECT_FALSE(noise_floor({}));
  EXPECT_FALSE(noise_floor(std::array{1.0, 0.0}));
  EXPECT_FALSE(noise_floor(std::array{1.0, std::nan("")}));
}

TEST(VerdictFloor, IsTwiceTheNoiseAndThreeInAHundredAtLeast) {
  EXPECT_DOUBLE_EQ(verdict_floor(NoiseFloor{0.04, 0.2}), 0.08);
  EXPECT_DOUBLE_EQ(verdict_floor(NoiseFloor{0.01, 0.2}), 0.03);
  EXPECT_DOUBLE_EQ(verdict_floor(std::nullopt), 0.03);
}

}  // namespace
}  // namespace assay::statistics
