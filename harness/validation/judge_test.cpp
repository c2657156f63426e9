#include "harness/validation/judge.h"

#include <cmath>

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

constexpr Disturbance calm{};

Verdict verdict(double expected, double measured, double tolerance, const Disturbance& seen) {
  return judged(expected, measured, tolerance, seen).verdict;
}

TEST(Judge, AgreesUpToTheToleranceAndNotBeyond) {
  EXPECT_EQ(verdict(100, 102, 2, calm), Verdict::agrees);
  EXPECT_EQ(verdict(100, 98, 2, calm), Verdict::agrees);
  EXPECT_EQ(verdict(100, 102.1, 2, calm), Verdict::disagrees);
  EXPECT_EQ(verdict(100, 97.9, 2, calm), Verdict::disagrees);
}

TEST(Judge, TakesWhatIsNoNumberForADisagreement) {
  EXPECT_EQ(verdict(100, std::nan(""), 2, calm), Verdict::disagrees);
  EXPECT_EQ(verdict(100, std::nan(""), 2, {50, 50}), Verdict::disagrees);
}

TEST(Judge, NeverAgreesWithAServerThatWasItselfLate) {
  EXPECT_EQ(verdict(100, 100, 2, {2.1, 0}), Verdict::not_judged);
  EXPECT_EQ(verdict(100, 100, 2, {1.9, 0}), Verdict::agrees);
}

TEST(Judge, IsKeptFromJudgingByAMachineThatWokeThreadsUpLate) {
  EXPECT_EQ(verdict(100, 103, 2, {0, 1}), Verdict::not_judged);
  EXPECT_EQ(verdict(100, 101, 2, {0, 1}), Verdict::agrees);
}

// Late by 1, four times, excuses an error of 2 + 4 and no more; below a quarter of the tolerance
// nothing is excused at all.
TEST(Judge, ExcusesNoErrorThatIsLargerThanWhatTheWitnessesSaw) {
  EXPECT_EQ(verdict(100, 106, 2, {0, 1}), Verdict::not_judged);
  EXPECT_EQ(verdict(100, 106.1, 2, {0, 1}), Verdict::disagrees);
  EXPECT_EQ(verdict(100, 106.1, 2, {1, 0}), Verdict::disagrees);
  EXPECT_EQ(verdict(100, 110, 2, {1, 1}), Verdict::not_judged);
  EXPECT_EQ(verdict(100, 102.5, 2, {0.4, 0.4}), Verdict::disagrees);
}

}  // namespace
}  // namespace assay::validation
