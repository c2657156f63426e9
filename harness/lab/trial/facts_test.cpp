#include "harness/lab/trial/facts.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

Baseline unlocked() {
  Baseline baseline;
  baseline.name = "karak";
  baseline.runs_unlocked = true;
  return baseline;
}

Facts facts() {
  Facts told;
  told.baseline = "karak";
  told.runtime = "CPython 3.13.5";
  told.gil = false;
  told.packages = {{"karak", "0.1.0"}, {"h11", "0.16"}};
  return told;
}

TEST(Facts, OfTheServerThatWasMeantHaveNoFault) {
  EXPECT_EQ(identity_fault(facts(), std::nullopt, unlocked()), "");
  EXPECT_EQ(identity_fault(facts(), facts(), unlocked()), "");
}

TEST(Facts, ThatAreNotToldAreAFaultWhereTheyWereToldOrMustBe) {
  Baseline other;
  EXPECT_EQ(identity_fault(std::nullopt, std::nullopt, other), "");
  EXPECT_EQ(identity_fault(std::nullopt, facts(), other),
            "the server does not say who it is, and did before");
  EXPECT_NE(identity_fault(std::nullopt, std::nullopt, unlocked()), "");
  Facts silent = facts();
  silent.gil.reset();
  EXPECT_NE(identity_fault(silent, std::nullopt, unlocked()), "");
}

TEST(Facts, OfOtherSoftwareThanBeforeAreAFault) {
  const auto fault = [](auto change) {
    Facts now = facts();
    change(now);
    return identity_fault(now, facts(), unlocked());
  };
  EXPECT_EQ(fault([](Facts& now) { now.packages["h11"] = "0.17"; }),
            "the server has h11 0.17, which was 0.16 before");
  EXPECT_EQ(fault([](Facts& now) { now.packages["uvloop"] = "1"; }),
            "the server has uvloop 1, which was absent before");
  EXPECT_EQ(fault([](Facts& now) { now.packages.erase("h11"); }),
            "packages of the server are gone");
  EXPECT_EQ(fault([](Facts& now) { now.runtime = "CPython 3.14.0"; }),
            "the server runs on CPython 3.14.0, and ran on CPython 3.13.5 before");
  EXPECT_EQ(fault([](Facts& now) { now.workers = 3; }), "") << "by the cores that it was given";
}

}  // namespace
}  // namespace assay::lab
