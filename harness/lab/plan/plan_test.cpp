#include "harness/lab/plan/plan.h"

#include <algorithm>
#include <fstream>

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

// A plan whose one load has these lines too; what reading it says is wrong.
std::string fault_with(const ScratchCheckout& scratch, const std::string& lines) {
  scratch.plan("p", 1, "\"reference@only\", \"twin@only\"");
  std::ofstream(scratch.folder() / "harness/plans/p.toml", std::ios::app) << lines << "\n";
  const auto plan = read_plan(scratch.folder(), "p");
  return plan ? "" : plan.error().what().substr(plan.error().what().find("p.toml") + 6);
}

TEST(PlanLoad, TakesItsClientItsRequestsItsTimesAndWhatItIsFor) {
  const ScratchCheckout scratch;
  ASSERT_EQ(fault_with(scratch, R"(
[[loads]]
name = "as-documented"
title = "T"
connections = 20
keep_alive = false
client = "urllib-pool"
requests = 1000
warm_up_s = 0
workloads = ["json"]
baselines = ["twin@only"]
[[loads]]
name = "oha"
title = "T"
connections = 100
client = "oha"
warm_up_s = 0.5
measure_s = 2.5
)"),
            "");
  const auto plan = read_plan(scratch.folder(), "p");
  ASSERT_EQ(plan->loads.size(), 3U);
  EXPECT_EQ(plan->loads[0].client, Client::native);
  EXPECT_FALSE(plan->loads[0].requests || plan->loads[0].warm_up_s || plan->loads[0].measure_s);
  const Load& documented = plan->loads[1];
  EXPECT_EQ(documented.client, Client::urllib_pool);
  EXPECT_EQ(documented.requests, 1000U);
  EXPECT_EQ(documented.warm_up_s, 0.0);
  EXPECT_EQ(documented.workloads, std::vector<std::string>{"json"});
  EXPECT_EQ(documented.baselines, std::vector<std::string>{"twin@only"});
  EXPECT_EQ(plan->loads[2].client, Client::oha);
  EXPECT_EQ(plan->loads[2].warm_up_s, 0.5);
  EXPECT_EQ(plan->loads[2].measure_s, 2.5);
}

TEST(PlanLoad, ThatItsClientCannotPutIsRefusedWithTheKey) {
  const ScratchCheckout scratch;
  EXPECT_EQ(fault_with(scratch, "client = \"curl\""),
            ": loads[0].client should be native, oha, urllib-pool or keep-alive-threads");
  EXPECT_EQ(fault_with(scratch, "requests = 0"),
            ": loads[0].requests should be an integer from 1 to 100000000");
  EXPECT_EQ(fault_with(scratch, "requests = 5\nmeasure_s = 1.0"),
            ": loads[0].measure_s cannot stand beside requests");
  EXPECT_EQ(fault_with(scratch, "client = \"keep-alive-threads\""),
            ": loads[0].requests is missing: this client asks N times");
  EXPECT_EQ(fault_with(scratch, "client = \"keep-alive-threads\"\nrequests = 5\nwarm_up_s = 1"),
            ": loads[0].warm_up_s should be 0: this client has no warm-up");
  EXPECT_EQ(fault_with(scratch, "client = \"urllib-pool\"\nrequests = 5"),
            ": loads[0].keep_alive should be false: urllib-pool closes every connection");
  EXPECT_EQ(fault_with(scratch, "workloads = [\"db\"]"),
            ": loads[0].workloads names db, which the plan does not");
  EXPECT_EQ(fault_with(scratch, "baselines = [\"nobody@only\"]"),
            ": loads[0].baselines names nobody@only, which the plan does not");
  EXPECT_EQ(fault_with(scratch, "baselines = []"), ": loads[0].baselines is empty");
}

TEST(PlanLoad, HasCellsOfItsOwnWorkloadsAndBaselinesOnly) {
  const ScratchCheckout scratch;
  scratch.write("baselines/twin/baseline.toml", ScratchCheckout::baseline("[\"{server}\"]"));
  scratch.write("workloads/w/workload.toml",
                "title = \"T\"\nmeasures = \"M\"\nused_by = []\n"
                "request = { method = \"GET\", path = \"/w\" }\nreply = { status = 200 }\n");
  ASSERT_EQ(fault_with(scratch, "baselines = [\"twin@only\"]\nworkloads = [\"json\"]"), "");
  const auto workloads = all_workloads(scratch.folder());
  const auto baselines = all_baselines(scratch.folder());
  ASSERT_TRUE(workloads && baselines);
  auto plan = read_plan(scratch.folder(), "p");
  plan->workloads = {"json", "w"};
  const auto cells = cells_of(*plan, *workloads, *baselines);
  ASSERT_TRUE(cells) << cells.error().what();
  ASSERT_EQ(cells->size(), 1U);
  EXPECT_EQ(cells->front().workload->name + " " + cells->front().baseline->label(),
            "json twin@only");
  plan->workloads = {"w"};
  EXPECT_EQ(cells_of(*plan, *workloads, *baselines).error().what(),
            "no baseline of plan p can run on this host: none of its loads is for such a workload");
}

TEST(Order, VisitsEachCellOnceAndDiffersFromBlockToBlock) {
  const Load load;
  const std::vector<Cell> cells(6, Cell{nullptr, nullptr, &load});
  const auto first = order_of(cells, 1, 0);
  auto sorted = first;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5}));
  EXPECT_NE(first, order_of(cells, 1, 1));
  EXPECT_EQ(first, order_of(cells, 1, 0));
}

TEST(Order, VisitsASharesOfARateAfterTheRate) {
  const Load whole;
  Load half;
  half.share = ShareOf{0.5, "whole"};
  std::vector<Cell> cells;
  for (int i = 0; i < 4; ++i) {
    cells.push_back({nullptr, nullptr, &half});
    cells.push_back({nullptr, nullptr, &whole});
  }
  for (int block = 0; block < 8; ++block) {
    const auto order = order_of(cells, 1, block);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      EXPECT_EQ(cells[order[i]].load->share.has_value(), i >= 4) << block;
    }
  }
}

TEST(PlanLoad, OfAnOpenLoopHasOnePaceAndOurOwnClient) {
  const ScratchCheckout scratch;
  EXPECT_EQ(fault_with(scratch, "rate = 100\narrivals = \"constant\""), "");
  EXPECT_EQ(fault_with(scratch, "rate = 100\np99_limit_ms = 10.0"),
            ": loads[0].rate cannot stand beside another of rate, share and p99_limit_ms");
  EXPECT_EQ(fault_with(scratch, "arrivals = \"constant\""),
            ": loads[0].arrivals is for a load with a rate");
  EXPECT_EQ(fault_with(scratch, "rate = 100\narrivals = \"even\""),
            ": loads[0].arrivals should be poisson or constant");
  EXPECT_EQ(fault_with(scratch, "rate = 100\nclient = \"oha\""),
            ": loads[0].rate needs the client native");
  EXPECT_EQ(fault_with(scratch, "share = 0.5\nof = \"nobody\""),
            ": loads[0].of names a load that the plan does not have");
  EXPECT_EQ(fault_with(scratch, "share = 0.5\nof = \"two\""),
            ": loads[0].of names a load that does not ask as fast as it can for a time");
  EXPECT_EQ(fault_with(scratch, "of = \"two\""), ": loads[0].of is for a load with a share");
}

constexpr auto ends = R"(
[[loads]]
name = "other"
title = "other"
connections = 1
[documented]
ours = "reference@only"
theirs = "twin@only"
load = "two"
[fair]
ours = "reference@only"
theirs = "twin@only"
load = "other"
)";

TEST(PlanFactors, AreTheEndsButForWhatTheyTurn) {
  const ScratchCheckout scratch;
  ASSERT_EQ(fault_with(scratch, std::string(ends) + "[[factors]]\nname = \"load\"\n"
                                                    "documented_but = { load = \"other\" }\n"),
            "");
  const auto plan = read_plan(scratch.folder(), "p");
  ASSERT_EQ(plan->factors.size(), 1U);
  const Factor& factor = plan->factors.front();
  EXPECT_EQ(factor.documented_but->ours, "reference@only");
  EXPECT_EQ(factor.documented_but->load, "other");
  EXPECT_FALSE(factor.fair_but);
  EXPECT_NE(fault_with(scratch, std::string(ends) + "[[factors]]\nname = \"x\"\n")
                .find("one of them turns the factor"),
            std::string::npos);
  EXPECT_NE(fault_with(scratch, ends).find("documented is for a plan with factors"),
            std::string::npos);
}

TEST(PlanScalings, NameACellForEachSize) {
  const ScratchCheckout scratch;
  const auto fault = [&](const std::string& lines) {
    return fault_with(scratch, "[[scalings]]\nname = \"n\"\nload = \"two\"\n" + lines);
  };
  EXPECT_EQ(fault("by = \"workers\"\nsizes = [1, 2]\nbaselines = [\"reference@only\", "
                  "\"twin@only\"]"),
            "");
  EXPECT_EQ(read_plan(scratch.folder(), "p")->scalings.front().sizes.at(1).baseline, "twin@only");
  EXPECT_NE(fault("by = \"threads\"\nsizes = [1]\nbaseline = \"twin@only\"")
                .find("by should be workers or cores"),
            std::string::npos);
  EXPECT_NE(fault("by = \"workers\"\nsizes = [1, 2]\nbaselines = [\"twin@only\"]")
                .find("should name one for each size"),
            std::string::npos);
}

TEST(PlanScalings, OfCoresHaveThoseOfTheirLoads) {
  const ScratchCheckout scratch;
  const auto fault = [&](const std::string& cores, const std::string& lines = "") {
    return fault_with(scratch,
                      "[[loads]]\nname = \"few\"\ntitle = \"Few\"\nconnections = 2\n" + cores +
                          "\n[[scalings]]\nname = \"n\"\nby = \"cores\"\nloads = [\"few\"]\n" +
                          "baseline = \"reference@only\"\n" + lines);
  };
  EXPECT_EQ(fault("server_cores = 3"), "");
  EXPECT_EQ(read_plan(scratch.folder(), "p")->scalings.front().sizes.at(0).size, 3);
  EXPECT_EQ(fault("server_cores = \"all\""), "");
  EXPECT_TRUE(read_plan(scratch.folder(), "p")->loads.back().is_of_all_cores);
  EXPECT_NE(fault("server_cores = \"most\"").find("should be a number or \"all\""),
            std::string::npos);
  EXPECT_NE(fault("").find("names few, which has no server_cores"), std::string::npos);
  EXPECT_NE(fault("server_cores = 3", "sizes = [3]").find("sizes is for workers"),
            std::string::npos);
}

TEST(Plan, HasNoLessTimeToWarmUpThanItTakes) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, "\"reference@only\"");
  const auto path = scratch.folder() / "harness/plans/p.toml";
  const std::string text = "warm_up_most_s = 2.0\nmost_blocks = 3\nbudget_min = 0.5\n";
  std::ifstream file(path);
  const std::string rest(std::istreambuf_iterator<char>(file), {});
  std::ofstream(path) << text << rest;
  const auto plan = read_plan(scratch.folder(), "p");
  ASSERT_TRUE(plan) << plan.error().what();
  EXPECT_EQ(plan->warm_up_most_s, 2.0);
  EXPECT_EQ(plan->most_blocks, 3);
  EXPECT_EQ(plan->budget_s, 30.0);
}

}  // namespace
}  // namespace assay::lab
