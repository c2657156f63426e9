#include "harness/truth/truth_options.h"

#include <vector>

#include <gtest/gtest.h>

namespace assay::truth {
namespace {

TruthOptions options_of(std::vector<const char*> words) {
  words.insert(words.begin(), "assay-truth");
  return truth_options(static_cast<int>(words.size()), words.data());
}

std::string refusal(std::vector<const char*> words) {
  const TruthOptions options = options_of(std::move(words));
  EXPECT_FALSE(options.settings.has_value());
  EXPECT_EQ(options.exit_status, 2);
  return options.text.substr(0, options.text.find('\n'));
}

TEST(TruthOptions, AnswerAtOnceAndRightlyUnlessToldOtherwise) {
  const TruthOptions options = options_of({});
  ASSERT_TRUE(options.settings.has_value());
  EXPECT_EQ(name(options.settings->service.law), "constant");
  EXPECT_EQ(mean(options.settings->service.law), Seconds(0));
  EXPECT_EQ(options.settings->service.servers, 0U);
  EXPECT_EQ(options.settings->service.faults.total(), 0);
  EXPECT_EQ(options.settings->port, 8080);
  EXPECT_EQ(options.settings->body.size(), 526U);
}

TEST(TruthOptions, MakeTheServiceThatTheyDescribe) {
  const TruthOptions options = options_of(
      {"--law",         "two-valued", "--time",       "2ms",  "--rare-time",     "50ms",
       "--rare",        "0.01",       "--servers",    "3",    "--waiting-limit", "7",
       "--stall-every", "5s",         "--stall-for",  "0.5s", "--seed",          "9",
       "--errors",      "0.1",        "--slow",       "0.2",  "--slow-by",       "30ms",
       "--spin",        "0us",        "--body-bytes", "10",   "--close",         "--awake"});
  ASSERT_TRUE(options.settings.has_value());
  const ServiceSettings& service = options.settings->service;
  EXPECT_NEAR(mean(service.law).count(), 0.00248, 1e-12);
  EXPECT_EQ(service.servers, 3U);
  EXPECT_EQ(service.waiting_limit, 7U);
  EXPECT_EQ(service.stall_every, std::chrono::seconds(5));
  EXPECT_EQ(service.stall_lasts, std::chrono::milliseconds(500));
  EXPECT_EQ(service.seed, 9U);
  EXPECT_EQ(service.faults.error, 0.1);
  EXPECT_EQ(service.faults.slow, 0.2);
  EXPECT_EQ(service.slow_by, std::chrono::milliseconds(30));
  EXPECT_EQ(options.settings->spin, nanoseconds(0));
  EXPECT_EQ(options.settings->body, "xxxxxxxxxx");
  EXPECT_TRUE(options.settings->closes);
  EXPECT_TRUE(options.settings->stays_awake);
}

TEST(TruthOptions, RefuseALawThatLacksItsNumbers) {
  EXPECT_EQ(refusal({"--law", "exponential"}), "error: --law exponential needs a --time above 0");
  EXPECT_EQ(refusal({"--law", "log-normal", "--time", "1ms"}),
            "error: --law log-normal needs a --sigma above 0");
  EXPECT_EQ(refusal({"--law", "two-valued", "--time", "2ms", "--rare-time", "1ms"}),
            "error: --law two-valued needs a --rare-time above its --time");
  EXPECT_EQ(refusal({"--time", "1ms", "--rare", "0.1"}),
            "error: --rare and --rare-time belong to --law two-valued");
  EXPECT_EQ(refusal({"--time", "1ms", "--sigma", "1"}),
            "error: --sigma belongs to --law log-normal");
}

TEST(TruthOptions, RefuseWhatCannotBe) {
  EXPECT_EQ(refusal({"--time", "5"}), "error: --time: \"5\" is no time up to an hour: write 1.5ms");
  EXPECT_EQ(refusal({"--errors", "0.6", "--resets", "0.6"}),
            "error: the shares of all faults are above 1 together");
  EXPECT_EQ(refusal({"--slow", "0.1"}), "error: --slow needs a --slow-by above 0");
  EXPECT_EQ(refusal({"--stall-for", "1s"}),
            "error: --stall-for needs a --stall-every that is longer");
  EXPECT_EQ(refusal({"--stall-every", "1s"}), "error: --stall-every needs a --stall-for above 0");
  EXPECT_EQ(refusal({"--waiting-limit", "1"}), "error: --waiting-limit needs a queue: --servers 1");
  EXPECT_EQ(refusal({"--wrong", "0.1", "--body-bytes", "0"}),
            "error: --wrong and --truncated need a body of at least one byte");
  EXPECT_EQ(refusal({"--body", "/nowhere/reply"}),
            "error: \"/nowhere/reply\" cannot be read: No such file or directory");
}

TEST(TruthOptions, AllowTenTenthsOfFaults) {
  EXPECT_TRUE(options_of({"--errors", "0.1", "--resets", "0.2", "--truncated", "0.7"}).settings);
}

}  // namespace
}  // namespace assay::truth
