#include "harness/lab/plan/baseline.h"

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

TEST(Baseline, IsFoundByItsFolderWithEachVariant) {
  const ScratchCheckout scratch;
  const auto baselines = all_baselines(scratch.folder());
  ASSERT_TRUE(baselines) << baselines.error().what();
  ASSERT_EQ(baselines->size(), 1U);
  EXPECT_EQ(baselines->front().label(), "reference@only");
  EXPECT_EQ(baselines->front().unavailable(), "");
  const std::vector<std::string> expected = {"/s", "--host", "::1", "--port", "81"};
  EXPECT_EQ(baselines->front().command_for("/s", "::1", 81), expected);
}

TEST(Baseline, GivesTheReasonThatSetUpLeftForIt) {
  const ScratchCheckout scratch;
  scratch.write("baselines/snake/baseline.toml",
                ScratchCheckout::baseline(R"(["{python}", "serve.py"])", "free-threaded"));
  const auto reason = [&] { return all_baselines(scratch.folder())->at(1).unavailable(); };
  EXPECT_EQ(reason(), "its environment is missing: run make setup");
  scratch.write(".venv/snake.json", R"({"program": null, "reason": "no free-threaded Python"})");
  EXPECT_EQ(reason(), "no free-threaded Python");
  scratch.write(".venv/snake.json",
                R"({"program": "/bin/sh", "reason": "", "version": "3", "build": "x"})");
  EXPECT_EQ(reason(), "");
  scratch.write(".venv/snake.json", R"({"program": "/no/python"})");
  EXPECT_EQ(reason(), "/no/python is not there any more: run make setup");
  scratch.write(".venv/snake.json", "{");
  EXPECT_NE(reason().find("is damaged"), std::string::npos);
}

constexpr auto two_interpreters = R"(
title = "T"
about = "A"
language = "L"
adapted = ["one"]
interpreter = "free-threaded"
implementation = "python"
command = ["{python}", "serve.py", "{workloads}"]
[variants.documented]
title = "documented"
model = "M"
arguments = []
[variants.newest]
title = "newest"
model = "M"
arguments = ["--x"]
interpreter = "system"
requirements = "requirements-newest.txt"
adapted = ["two"]
lacks = { "echo" = "it cannot read", "path@uuid" = "it knows no UUID" }
finding = { workload = "json", status = 500, says = "oh" }
)";

TEST(Baseline, HasAnEnvironmentForEachFileOfRequirements) {
  const ScratchCheckout scratch;
  scratch.write("baselines/a/baseline.toml", two_interpreters);
  scratch.write(".venv/a.json", R"({"program": "/bin/sh", "version": "3.13", "loop_us": 4000.4})");
  scratch.write(".venv/a-newest.json", R"({"program": "/bin/ls", "version": "3.11"})");
  const auto baselines = all_baselines(scratch.folder());
  ASSERT_TRUE(baselines) << baselines.error().what();
  const Baseline& documented = baselines->at(0);
  const Baseline& newest = baselines->at(1);
  EXPECT_TRUE(documented.runs_unlocked);
  EXPECT_EQ(documented.environment.version, "3.13");
  EXPECT_FALSE(newest.runs_unlocked);
  const std::string workloads = (scratch.folder() / "workloads").string();
  const std::vector<std::string> expected = {"/bin/ls", "serve.py", workloads, "--x"};
  EXPECT_EQ(newest.command_for("/s", "::1", 81), expected);
  EXPECT_EQ(newest.adapted, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(newest.implementation, "python");
}

TEST(Baseline, KnowsWhatAVariantLacksAndGetsWrong) {
  const ScratchCheckout scratch;
  scratch.write("baselines/a/baseline.toml", two_interpreters);
  const auto baselines = all_baselines(scratch.folder());
  ASSERT_TRUE(baselines) << baselines.error().what();
  const Baseline& newest = baselines->at(1);
  EXPECT_EQ(newest.reason_without("echo@sent-70"), "it cannot read");
  EXPECT_EQ(newest.reason_without("path@uuid"), "it knows no UUID");
  EXPECT_EQ(newest.reason_without("path@int"), "");
  ASSERT_NE(newest.finding("json"), nullptr);
  EXPECT_EQ(newest.finding("json")->status, 500);
  EXPECT_EQ(newest.finding("echo@sent-70"), nullptr);
  EXPECT_EQ(baselines->at(0).finding("json"), nullptr);
}

TEST(Baseline, RunsNothingButWhatAVariantIsThereFor) {
  const ScratchCheckout scratch;
  scratch.write("baselines/a/baseline.toml",
                ScratchCheckout::baseline(R"(["/bin/sh"])") + "only = [\"echo@sent-70\"]\n");
  const auto baselines = all_baselines(scratch.folder());
  ASSERT_TRUE(baselines) << baselines.error().what();
  EXPECT_EQ(baselines->at(0).reason_without("echo@sent-70"), "");
  EXPECT_EQ(baselines->at(0).reason_without("json"), "it is here for other workloads");
}

TEST(Baseline, IsNotRunOnPackagesOfAnotherLock) {
  const ScratchCheckout scratch;
  scratch.write("baselines/a/baseline.toml", two_interpreters);
  scratch.write("baselines/a/requirements.txt", "a==1\n");
  scratch.write(".venv/a.json", R"({"program": "/bin/sh"})");
  scratch.write(".venv/a/requirements.txt", "a==1\n");
  EXPECT_EQ(all_baselines(scratch.folder())->at(0).unavailable(), "");
  scratch.write("baselines/a/requirements.txt", "a==2\n");
  EXPECT_EQ(all_baselines(scratch.folder())->at(0).unavailable(),
            "its environment was made from other requirements: run make setup");
}

TEST(Baseline, RefusesAChoiceThatThereIsNot) {
  const ScratchCheckout scratch;
  const auto error_with = [&](const std::string& text) {
    scratch.write("baselines/a/baseline.toml", text);
    const auto baselines = all_baselines(scratch.folder());
    return baselines ? "" : baselines.error().what();
  };
  const std::string good = ScratchCheckout::baseline(R"(["/bin/sh"])");
  EXPECT_NE(
      error_with(good + "lock = \"banana\"\n").find("lock is \"banana\": it is one of off, on"),
      std::string::npos);
  EXPECT_NE(error_with(ScratchCheckout::baseline("[]")).find("command is empty"),
            std::string::npos);
  EXPECT_NE(error_with(ScratchCheckout::baseline(R"(["/bin/sh"])", "bananas"))
                .find("interpreter is \"bananas\""),
            std::string::npos);
}

TEST(Baseline, TellsOursHowLongPythonsLoopTakesHere) {
  const ScratchCheckout scratch;
  scratch.write("baselines/a/baseline.toml", two_interpreters);
  scratch.write(".venv/a.json", R"({"program": "/bin/sh", "version": "3.13", "loop_us": 4000.4})");
  const auto baselines = all_baselines(scratch.folder());
  ASSERT_TRUE(baselines) << baselines.error().what();
  const auto& ours = baselines->at(2);
  EXPECT_EQ(ours.label(), "reference@only");
  ASSERT_EQ(ours.variables.size(), 1U);
  EXPECT_EQ(ours.variables[0].first + "=" + ours.variables[0].second, "ASSAY_PYTHON_LOOP_US=4000");
  EXPECT_TRUE(baselines->at(0).variables.empty());
}

TEST(Baseline, NamesTheFileAndTheKeyThatIsWrong) {
  const ScratchCheckout scratch;
  scratch.write("baselines/odd/baseline.toml",
                ScratchCheckout::baseline(R"(["/bin/sh"])") + "colour = \"red\"\n");
  const auto baselines = all_baselines(scratch.folder());
  ASSERT_FALSE(baselines);
  EXPECT_NE(
      baselines.error().what().find("odd/baseline.toml: variants.only.colour is not known here"),
      std::string::npos)
      << baselines.error().what();
}

}  // namespace
}  // namespace assay::lab
