#include "harness/validation/tries.h"

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

constexpr Verdict agrees = Verdict::agrees;
constexpr Verdict disagrees = Verdict::disagrees;
constexpr Verdict unjudged = Verdict::not_judged;
using Verdicts = std::vector<Verdict>;

Check figure(const char* what, Verdict verdict, double measured = 1) {
  return {"T1", "", what, Unit::seconds, 1, measured, 1, verdict, ""};
}

// One figure, tried so many times; it was read as 1, 2, 3.
std::vector<Checks> tries_of(const Verdicts& verdicts) {
  std::vector<Checks> tries;
  for (const Verdict verdict : verdicts) {
    tries.push_back({figure("p50", verdict, static_cast<double>(tries.size() + 1))});
  }
  return tries;
}

Check after(const Verdicts& verdicts) { return settled(tries_of(verdicts)).front(); }

TEST(Tries, LeaveADisagreementThatIsNotOutvoted) {
  for (const Verdicts& verdicts :
       {Verdicts{disagrees}, Verdicts{disagrees, disagrees}, Verdicts{disagrees, agrees},
        Verdicts{disagrees, unjudged}, Verdicts{unjudged, disagrees, unjudged},
        Verdicts{disagrees, agrees, disagrees}, Verdicts{unjudged, disagrees, agrees}}) {
    EXPECT_EQ(after(verdicts).verdict, disagrees);
  }
  EXPECT_EQ(after({disagrees, agrees, agrees}).verdict, agrees);
  EXPECT_EQ(after({unjudged, disagrees, disagrees}).measured, 2);
}

TEST(Tries, JudgeAFigureOnceOneOfThemCould) {
  EXPECT_EQ(after({unjudged}).verdict, unjudged);
  EXPECT_EQ(after({unjudged, agrees}).verdict, agrees);
  EXPECT_EQ(after({unjudged, unjudged, unjudged}).verdict, unjudged);
}

TEST(Tries, SayWhichOfThemIsToldAndHowManyDisagreed) {
  EXPECT_EQ(after({agrees}).at_try, 1);
  EXPECT_EQ(after({agrees}).disagreed, 0);
  EXPECT_EQ(after({unjudged, unjudged, agrees}).at_try, 3);
  EXPECT_EQ(after({unjudged, unjudged, agrees}).measured, 3);
  EXPECT_EQ(after({disagrees, agrees, agrees}).at_try, 2);
  EXPECT_EQ(after({disagrees, agrees, agrees}).disagreed, 1);
}

TEST(Tries, GoOnWhileAnotherCouldChangeTheAnswer) {
  const auto goes_on = [](const Verdicts& verdicts, bool is_awake) {
    return is_open(tries_of(verdicts), is_awake);
  };
  for (const bool is_awake : {false, true}) {
    EXPECT_FALSE(goes_on({agrees}, is_awake));
    EXPECT_TRUE(goes_on({disagrees}, is_awake));
    EXPECT_TRUE(goes_on({disagrees, agrees}, is_awake));
    EXPECT_TRUE(goes_on({disagrees, unjudged}, is_awake));
    EXPECT_FALSE(goes_on({disagrees, disagrees}, is_awake));
    EXPECT_FALSE(goes_on({disagrees, agrees, unjudged}, is_awake));
    EXPECT_EQ(goes_on({unjudged}, is_awake), is_awake);
    EXPECT_EQ(goes_on({unjudged, unjudged}, is_awake), is_awake);
    EXPECT_FALSE(goes_on({unjudged, agrees}, is_awake));
  }
}

TEST(Tries, AreToldFigureByFigure) {
  const auto of = [](Verdict first, Verdict second) {
    return Checks{figure("p50", first), figure("p99", second)};
  };
  const Checks checks = settled({of(agrees, unjudged), of(unjudged, agrees)});
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].at_try, 1);
  EXPECT_EQ(checks[1].at_try, 2);
}

// A run that was shorter by a second has no mean of the last, and few requests have no p99.
TEST(Tries, TakeAFigureFromThoseThatHaveIt) {
  const std::vector<Checks> tries{{figure("p50", unjudged)},
                                  {figure("p50", agrees), figure("p99", disagrees)},
                                  {figure("p50", agrees), figure("p99", disagrees)}};
  const Checks checks = settled(tries);
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[1].verdict, disagrees);
  EXPECT_EQ(checks[1].at_try, 2);
}

TEST(Tries, AreMadeUntilTheTestIsSettledAndSaid) {
  const std::vector<Checks> tries = tries_of({disagrees, agrees, agrees});
  std::size_t made = 0;
  std::string said;
  const Result<Checks> checks = tried(
      "T1", [&]() -> Result<Checks> { return tries.at(made++); }, false,
      [&](const std::string& what) { said += what + "\n"; });
  ASSERT_TRUE(checks.has_value());
  EXPECT_EQ(checks->front().verdict, agrees);
  EXPECT_EQ(said, "T1\nT1; again, 2\nT1; again, 3\n");
  const auto failing = [&]() -> Result<Checks> { return ValidationError::interrupted(); };
  EXPECT_FALSE(tried("T1", failing, false, [](const std::string&) {}).has_value());
}

}  // namespace
}  // namespace assay::validation
