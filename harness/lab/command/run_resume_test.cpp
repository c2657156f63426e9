#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

#include "harness/lab/command/command.h"
#include "harness/lab/file_text.h"
#include "harness/lab/record/journal.h"
#include "harness/lab/run/scratch_run.h"

namespace assay::lab {
namespace {

// As a run is that was killed: without a result, and with those trials that `had` changes or leaves
// as they are, and says that it had.
void cut_off(const std::filesystem::path& folder, const std::function<bool(Trial&)>& had) {
  std::filesystem::remove(folder / "result.json");
  auto trials = Journal::read(folder / "journal.ndjson");
  ASSERT_TRUE(trials) << trials.error().what();
  std::filesystem::remove(folder / "journal.ndjson");
  auto journal = Journal::open(folder / "journal.ndjson");
  ASSERT_TRUE(journal) << journal.error().what();
  for (Trial& trial : *trials) {
    if (!had(trial)) continue;
    ASSERT_TRUE(journal->append(trial));
  }
}

TEST(Run, GoesOnWhereItWasCutOffWithEachTrialOnce) {
  const ScratchCheckout scratch;
  scratch.plan("p", 12, R"("reference@only")");
  load::Stop stop;
  std::thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    stop.request();
  });
  const auto cut = run_plan(scratch, stop);
  stopper.join();
  ASSERT_TRUE(cut) << cut.error().what();
  ASSERT_FALSE(cut->result.complete);
  const auto whole = run_plan(scratch, {}, true);
  ASSERT_TRUE(whole) << whole.error().what();
  EXPECT_EQ(whole->folder, cut->folder);
  EXPECT_TRUE(whole->result.complete);
  EXPECT_EQ(whole->result.started, cut->result.started);
  ASSERT_EQ(whole->result.trials.size(), 12U);
  std::set<int> blocks;
  for (const Trial& trial : whole->result.trials) blocks.insert(trial.block);
  EXPECT_EQ(blocks.size(), 12U);
  const auto& first = cut->result.trials;
  EXPECT_TRUE(std::equal(first.begin(), first.end(), whole->result.trials.begin(),
                         [](const Trial& a, const Trial& b) { return a.started == b.started; }));
}

TEST(Run, ThatGoesOnStillEndsAsItsPlanSays) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, R"("reference@only")");
  begin_plan_with(scratch, "most_blocks = 3");
  const auto whole = run_plan(scratch);
  ASSERT_TRUE(whole) << whole.error().what();
  EXPECT_EQ(whole->result.blocks_done, 3) << "no interval of three blocks is narrow";
  std::filesystem::remove(whole->folder / "result.json");
  const auto resumed = run_plan(scratch, {}, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  EXPECT_EQ(resumed->result.blocks_done, 3);
  EXPECT_EQ(resumed->result.trials.size(), 3U);
}

// The first of two trials began long before the second, longer than the plan's time.
TEST(Run, ThatGoesOnHasNoMoreTimeThanItWouldHaveHad) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1000, R"("reference@only")");
  begin_plan_with(scratch, "budget_min = 0.03");
  const auto whole = run_plan(scratch);
  ASSERT_TRUE(whole) << whole.error().what();
  cut_off(whole->folder, [](Trial& trial) { return trial.block == 0; });
  Trial second = whole->result.trials.front();
  second.block = 1;
  second.started = "2100-01-01T00:00:00Z";
  auto journal = Journal::open(whole->folder / "journal.ndjson");
  ASSERT_TRUE(journal && journal->append(second));
  const auto resumed = run_plan(scratch, {}, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  EXPECT_EQ(resumed->result.ended_by, "time");
  EXPECT_EQ(resumed->result.trials.size(), 2U);
}

TEST(Run, GoesOnWithNothingThatHasEndedOrBeganOtherwise) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, R"("reference@only")");
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "no run of plan p was cut off on this host");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "no run of plan p was cut off on this host");
  std::filesystem::remove(made->folder / "result.json");
  const auto added = scratch.folder() / "workloads/json/added.py";
  std::ofstream(added) << "changed = True\n";
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "workloads/json is not what the run of plan p that was cut off began with");
  std::filesystem::remove(added);
  scratch.plan("p", 2, R"("reference@only")");
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "the plan is not what the run of plan p that was cut off began with");
}

TEST(Run, OfAPartOfThePlanDoesNotHideOneThatWasCutOff) {
  const ScratchCheckout scratch;
  scratch.plan("p", 2, R"("reference@only")");
  const auto cut = run_plan(scratch);
  ASSERT_TRUE(cut) << cut.error().what();
  cut_off(cut->folder, [](const Trial& trial) { return trial.block == 0; });
  std::this_thread::sleep_for(std::chrono::seconds(1));  // a run's folder is named by the second
  RunOptions one;
  one.blocks = 1;
  one.has_gates = false;
  ASSERT_TRUE(run_as(scratch, one));
  const auto resumed = run_plan(scratch, {}, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  EXPECT_EQ(resumed->folder, cut->folder);
  EXPECT_EQ(resumed->result.trials.size(), 2U);
}

// Killed after its last trial, before it had summed up.
TEST(Run, ThatGoesOnWithNothingLeftToMeasureStillKnowsWhoAnswered) {
  const ScratchCheckout scratch;
  write_talking_server(scratch, R"({"baseline":"talker","python":"3.13.5","gil":false,)"
                                R"("packages":{"karak":"0.1.0"}})");
  const auto whole = run_plan(scratch);
  ASSERT_TRUE(whole) << whole.error().what();
  cut_off(whole->folder, [](const Trial&) { return true; });
  const auto resumed = run_plan(scratch, {}, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  EXPECT_EQ(resumed->result.trials.size(), whole->result.trials.size());
  const BaselineRecord& talker = resumed->result.baselines.at(1);
  EXPECT_EQ(talker.runtime, "CPython 3.13.5");
  EXPECT_EQ(talker.gil, false);
  EXPECT_EQ(talker.packages, (std::map<std::string, std::string>{{"karak", "0.1.0"}}));
}

TEST(Run, ThatGoesOnTakesNoFigureOfAProgramThatWasBuiltAnewMeanwhile) {
  const ScratchCheckout scratch;
  const auto program = scratch.folder() / "built";
  const auto build = [&](const std::string& remark) {
    scratch.write("built", "#!/bin/sh\nexec " ASSAY_SERVER " \"$@\"  # " + remark + "\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  };
  build("first");
  scratch.write("baselines/reference/baseline.toml",
                ScratchCheckout::baseline("[\"" + program.string() + R"(", "--port", "{port}"])"));
  scratch.plan("p", 2, R"("reference@only")");
  const auto whole = run_plan(scratch, {}, false, true);
  ASSERT_TRUE(whole) << whole.error().what();
  cut_off(whole->folder, [](const Trial& trial) { return trial.block == 0; });
  build("second");
  const auto resumed = run_plan(scratch, {}, true, true);
  ASSERT_TRUE(resumed) << resumed.error().what();
  const Trial& last = resumed->result.trials.back();
  EXPECT_EQ(last.block, 1);
  EXPECT_EQ(std::count(last.reasons.begin(), last.reasons.end(),
                       "the server's program is not the one that this run began with"),
            1);
}

TEST(Run, GoesOnWithNothingThatHasLostASourceOrGotOne) {
  const ScratchCheckout scratch;
  scratch.plan("p", 1, R"("reference@only")");
  scratch.write("baselines/shared.py", "");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  cut_off(made->folder, [](const Trial&) { return true; });
  scratch.write("baselines/new.py", "");
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "baselines/new.py is not what the run of plan p that was cut off began with");
  std::filesystem::remove(scratch.folder() / "baselines/new.py");
  std::filesystem::remove(scratch.folder() / "baselines/shared.py");
  EXPECT_EQ(run_plan(scratch, {}, true).error().what(),
            "baselines/shared.py is not what the run of plan p that was cut off began with");
}

TEST(Run, ThatGoesOnDoesSoAsItBeganAndIsToldNothingElse) {
  for (const char* other : {"--workload json", "--blocks 3", "--seed 2"}) {
    CLI::App app;
    int exit_status = 0;
    add_commands(app, exit_status, {});
    EXPECT_THROW(app.parse(std::string("run p --resume ") + other), CLI::ExcludesError) << other;
    EXPECT_THROW(app.parse(std::string("run p ") + other + " --resume"), CLI::ExcludesError)
        << other;
  }
}

}  // namespace
}  // namespace assay::lab
