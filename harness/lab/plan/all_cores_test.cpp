#include "harness/lab/plan/all_cores.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

Plan plan_of_two_eight_and_all() {
  Plan plan;
  Load two{"two", "Two"};
  two.server_cores = 2;
  Load eight{"eight", "Eight"};
  eight.server_cores = 8;
  Load all{"all", "All"};
  all.is_of_all_cores = true;
  plan.loads = {two, eight, all};
  plan.scalings = {
      {"by cores", "cores", {{2, "fast@v", "two"}, {8, "fast@v", "eight"}, {0, "fast@v", "all"}}}};
  return plan;
}

TEST(AllCores, AreAsManyAsAServerMayHaveHere) {
  Plan plan = plan_of_two_eight_and_all();
  give_all_cores(plan, 6);
  EXPECT_EQ(plan.loads.at(2).server_cores, 6U);
  ASSERT_EQ(plan.scalings[0].sizes.size(), 3U);
  EXPECT_EQ(plan.scalings[0].sizes[1].size, 6);  // between the others
  EXPECT_EQ(plan.scalings[0].sizes[1].load, "all");
}

TEST(AllCores, AreLeftOutWhereAnotherLoadGivesAsMany) {
  Plan plan = plan_of_two_eight_and_all();
  give_all_cores(plan, 2);
  ASSERT_EQ(plan.loads.size(), 2U);
  EXPECT_EQ(plan.loads.back().name, "eight");
  ASSERT_EQ(plan.scalings[0].sizes.size(), 2U);
  EXPECT_EQ(plan.scalings[0].sizes.back().load, "eight");
}

TEST(AllCores, LeaveAPlanThatDoesNotAskForThemAsItIs) {
  Plan plan = plan_of_two_eight_and_all();
  plan.loads.pop_back();
  give_all_cores(plan, 2);
  EXPECT_EQ(plan.loads.size(), 2U);
}

}  // namespace
}  // namespace assay::lab
