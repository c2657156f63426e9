#include "harness/statistics/random_stream.h"

#include <array>

#include <gtest/gtest.h>

namespace assay::statistics {
namespace {

// The first values of the published generator for seed 1234567.
TEST(RandomStream, IsTheSameOnEveryHost) {
  RandomStream random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317U);
  EXPECT_EQ(random.next(), 3203168211198807973U);
  EXPECT_EQ(random.next(), 9817491932198370423U);
}

TEST(RandomStream, FallsEvenlyBelowALimit) {
  RandomStream random(1);
  std::array<int, 6> seen{};
  for (int draw = 0; draw < 60000; ++draw) ++seen.at(random.below(6));
  for (const int count : seen) EXPECT_NEAR(count, 10000, 400);  // 4 standard deviations
}

}  // namespace
}  // namespace assay::statistics
