#include "harness/validation/tries.h"

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

constexpr Verdict agrees = Verdict::agrees;
constexpr Verdict disagrees = Verdict::disagrees;
constexpr Verdict unjudged = Verdict::not_judged;

// One figure, tried so many times; it was read as 1, 2, 3.
Check after(const std::vector<Verdict>& verdicts) {
  std::vector<Checks> tries;
  for (const Verdict verdict : verdicts) {
    const auto measured = static_cast<double>(tries.size() + 1);
    tries.push_back({{"T1", "", "p50", Unit::seconds, 1, measured, 1, verdict, ""}});
  }
  return settled(tries).front();
}

TEST(Tries, LeaveAFigureThatDisagreesTwice) {
  EXPECT_EQ(after({disagrees}).verdict, disagrees);
  EXPECT_EQ(after({disagrees, disagrees}).verdict, disagrees);
  EXPECT_EQ(after({disagrees, agrees, disagrees}).verdict, disagrees);
  EXPECT_EQ(after({unjudged, disagrees, disagrees}).measured, 2);
  EXPECT_EQ(after({disagrees, agrees}).verdict, agrees);
}

TEST(Tries, JudgeAFigureOnceOneOfThemCould) {
  EXPECT_EQ(after({unjudged}).verdict, unjudged);
  EXPECT_EQ(after({unjudged, agrees}).verdict, agrees);
  EXPECT_EQ(after({unjudged, unjudged, unjudged}).verdict, unjudged);
  // Once is not enough to say that the ruler is wrong, and nothing says that it is right.
  EXPECT_EQ(after({unjudged, disagrees, unjudged}).verdict, unjudged);
}

TEST(Tries, SayWhichOfThemIsTold) {
  EXPECT_EQ(after({agrees}).at_try, 1);
  EXPECT_EQ(after({unjudged, disagrees, agrees}).at_try, 3);
  EXPECT_EQ(after({unjudged, disagrees, agrees}).measured, 3);
}

TEST(Tries, AreToldFigureByFigure) {
  const auto of = [](Verdict first, Verdict second) {
    return Checks{{"T1", "", "p50", Unit::seconds, 1, 1, 1, first, ""},
                  {"T1", "", "p99", Unit::seconds, 1, 1, 1, second, ""}};
  };
  const Checks checks = settled({of(agrees, unjudged), of(unjudged, agrees)});
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].at_try, 1);
  EXPECT_EQ(checks[1].at_try, 2);
  EXPECT_TRUE(all_agree(checks));
  EXPECT_FALSE(any_disagrees(checks));
  EXPECT_FALSE(all_agree(of(agrees, unjudged)));
}

// A run that was shorter by a second has no mean of the last.
TEST(Tries, TakeAFigureFromThoseThatHaveIt) {
  const Check p50{"T1", "", "p50", Unit::seconds, 1, 1, 1, unjudged, ""};
  const Check p99{"T1", "", "p99", Unit::seconds, 1, 1, 1, unjudged, ""};
  const Checks checks = settled({{p50, p99}, {p50}});
  EXPECT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[1].verdict, unjudged);
}

}  // namespace
}  // namespace assay::validation
