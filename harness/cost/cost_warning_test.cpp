#include "harness/cost/cost_warning.h"

#include <gtest/gtest.h>

namespace assay::cost {
namespace {

RowFigures row(std::uint64_t connections, double floor_cores, double client_cores) {
  ServerFigures floor;
  floor.server_cores = floor_cores;
  floor.client_cores = client_cores;
  return {"keep-alive", connections, {floor}};
}

TEST(CostWarning, IsNotGivenWhenTheServerIsBusy) {
  EXPECT_TRUE(warnings_of({row(64, 0.97, 0.6)}).empty());
}

TEST(CostWarning, IsNotGivenWhereBothMustWait) {
  EXPECT_TRUE(warnings_of({row(1, 0.5, 0.4)}).empty());
}

TEST(CostWarning, SaysWhenTheClientWasTheLimit) {
  const auto warnings = warnings_of({row(64, 0.7, 0.98)});
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<WaitingFloor>(warnings[0]));
  EXPECT_EQ(text(warnings[0]).find("the floor waited for the client at keep-alive 64,"), 0U);
}

TEST(CostWarning, SaysWhenOthersTookTheCores) {
  const auto warnings = warnings_of({row(64, 0.4, 0.3), row(256, 0.4, 0.3)});
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<ForeignLoad>(warnings[0]));
  EXPECT_NE(text(warnings[0]).find("at keep-alive 64, keep-alive 256:"), std::string::npos);
}

}  // namespace
}  // namespace assay::cost
