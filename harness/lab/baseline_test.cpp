#include "harness/lab/baseline.h"

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
  EXPECT_EQ(reason(), "its Python environment is missing: run make setup");
  scratch.write(".venv/snake.json", R"({"python": null, "reason": "no free-threaded Python"})");
  EXPECT_EQ(reason(), "no free-threaded Python");
  scratch.write(".venv/snake.json",
                R"({"python": "/bin/sh", "reason": "", "version": "3", "build": "x"})");
  EXPECT_EQ(reason(), "");
  scratch.write(".venv/snake.json", R"({"python": "/no/python"})");
  EXPECT_EQ(reason(), "/no/python is not there any more: run make setup");
  scratch.write(".venv/snake.json", "{");
  EXPECT_NE(reason().find("is damaged"), std::string::npos);
}

TEST(Baseline, NamesTheFileAndTheKeyThatIsWrong) {
  const ScratchCheckout scratch;
  scratch.write("baselines/odd/baseline.toml",
                ScratchCheckout::baseline("[]") + "colour = \"red\"\n");
  const auto baselines = all_baselines(scratch.folder());
  ASSERT_FALSE(baselines);
  EXPECT_NE(
      baselines.error().what().find("odd/baseline.toml: variants.only.colour is not known here"),
      std::string::npos)
      << baselines.error().what();
}

}  // namespace
}  // namespace assay::lab
