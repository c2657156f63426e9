#include "harness/truth/draw.h"

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

// Worked out by a program of twenty lines of Python from the published generator.
TEST(Draw, IsTheSameOnEveryHost) {
  EXPECT_EQ(draw(1, Purpose::service_time, 0), 0.36818951565166946);
  EXPECT_EQ(draw(1, Purpose::service_time, 1), 0.9435642308648544);
  EXPECT_EQ(draw(1, Purpose::fate, 0), 0.46696631092582586);
  EXPECT_EQ(draw(1, Purpose::fate, 1000000), 0.06667718999500738);
  EXPECT_EQ(draw(7, Purpose::service_time, 12345), 0.9100048220964214);
}

TEST(Draw, FallsEvenly) {
  int below_a_tenth = 0;
  double sum = 0;
  for (std::uint64_t request = 0; request < 100000; ++request) {
    const double drawn = draw(5, Purpose::service_time, request);
    ASSERT_TRUE(drawn >= 0 && drawn < 1);
    below_a_tenth += drawn < 0.1 ? 1 : 0;
    sum += drawn;
  }
  EXPECT_NEAR(below_a_tenth, 10000, 400);  // 4 standard deviations
  EXPECT_NEAR(sum / 100000, 0.5, 0.004);
}

}  // namespace
}  // namespace assay::truth
