#include "harness/lab/plan.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

TEST(Plan, EveryPlanOfThisCheckoutNamesWhatExists) {
  const auto workloads = all_workloads(".");
  const auto baselines = all_baselines(".");
  ASSERT_TRUE(workloads && baselines);
  for (const std::string& name : plan_names(".")) {
    const auto plan = read_plan(".", name);
    ASSERT_TRUE(plan) << plan.error().what();
    EXPECT_TRUE(cells_of(*plan, *workloads, *baselines)) << name;
  }
}

TEST(Plan, ThatDoesNotExistIsAnsweredWithThoseThatDo) {
  const auto plan = read_plan(".", "qiuck");
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().what(), "there is no plan \"qiuck\"");
  EXPECT_EQ(plan.error().remedy().rfind("did you mean quick? there are: ", 0), 0U)
      << plan.error().remedy();
}

TEST(Plan, WithAnUnknownBaselineOrWorkloadIsRefused) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, "\"reference@only\", \"nobody@only\"");
  const auto baselines = all_baselines(scratch.folder());
  const auto workloads = all_workloads(scratch.folder());
  auto plan = read_plan(scratch.folder(), "p");
  ASSERT_TRUE(plan) << plan.error().what();
  EXPECT_EQ(cells_of(*plan, *workloads, *baselines).error().what(),
            "there is no baseline \"nobody@only\"");
  plan->workloads = {"jsn"};
  EXPECT_EQ(cells_of(*plan, *workloads, *baselines).error().remedy(),
            "did you mean json? there are: json");
}

TEST(Plan, TakesEveryVariantOfAFolderThatHasNoWorkloadOfItsName) {
  const ScratchCheckout scratch;
  scratch.write("workloads/x/workload.toml", R"(
title = "T"
measures = "M"
used_by = []
[variants.a]
title = "A"
request = { method = "GET", path = "/a" }
reply = { status = 200 }
[variants.b]
title = "B"
request = { method = "GET", path = "/b" }
reply = { status = 200 }
)");
  const auto workloads = all_workloads(scratch.folder());
  ASSERT_TRUE(workloads) << workloads.error().what();
  const auto all = named_workloads(*workloads, "x");
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(all->at(0)->name + " " + all->at(1)->name, "x@a x@b");
  EXPECT_EQ(named_workloads(*workloads, "x@b")->size(), 1U);
  EXPECT_FALSE(named_workloads(*workloads, "x@c"));
}

TEST(Plan, ThatWouldCompareNothingIsRefused) {
  const ScratchCheckout scratch;
  const auto error_of = [&](const std::string& labels) {
    scratch.plan("p", 1, labels);
    return read_plan(scratch.folder(), "p").error().what();
  };
  EXPECT_NE(error_of("").find("baselines is empty"), std::string::npos);
  EXPECT_NE(error_of("\"twin@only\"").find("ours is not one of the plan's baselines"),
            std::string::npos);
  EXPECT_NE(error_of("\"reference@only\", \"reference@only\"").find("baselines names one twice"),
            std::string::npos);
}

TEST(Order, VisitsEachCellOnceAndDiffersFromBlockToBlock) {
  const auto first = order_of(6, 1, 0);
  auto sorted = first;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
  EXPECT_NE(first, order_of(6, 1, 1));
  EXPECT_EQ(first, order_of(6, 1, 0));
}

}  // namespace
}  // namespace assay::lab
