#include "harness/validation/plain_rounds.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/truth/floor.h"

namespace assay::validation {
namespace {

TEST(PlainRounds, AreAsManyAsWereAskedForAndTakeTheirTime) {
  truth::FloorSettings settings;
  settings.port = 0;
  const auto floor = truth::Floor::start(settings);
  ASSERT_TRUE(floor.has_value());
  const load::Stop stop;
  for (const bool stays_awake : {false, true}) {
    const PlainRounds wanted{30, std::chrono::milliseconds(2), stays_awake};
    const auto began = std::chrono::steady_clock::now();
    const auto took = plain_rounds((*floor)->port(), wanted, stop);
    ASSERT_TRUE(took.has_value()) << took.error().what();
    EXPECT_EQ(took->size(), 30U);
    EXPECT_GT(*std::min_element(took->begin(), took->end()), std::chrono::nanoseconds(0));
    EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(60));
  }
}

TEST(PlainRounds, EndWithASentenceWhereNobodyAnswersOrTheyAreStopped) {
  truth::FloorSettings settings;
  settings.port = 0;
  auto floor = truth::Floor::start(settings);
  ASSERT_TRUE(floor.has_value());
  const std::uint16_t port = (*floor)->port();
  load::Stop stop;
  stop.request();
  EXPECT_FALSE(plain_rounds(port, {1, {}}, stop).has_value());
  *floor = nullptr;
  EXPECT_FALSE(plain_rounds(port, {1, {}}, load::Stop()).has_value());
  EXPECT_FALSE(plain_rounds(port, {1, {}, true}, load::Stop()).has_value());
}

}  // namespace
}  // namespace assay::validation
