#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/lab/run/scratch_run.h"

namespace assay::lab {
namespace {

const CellRecord& cell_under(const RunResult& result, const std::string& load) {
  return *std::find_if(result.cells.begin(), result.cells.end(),
                       [&](const CellRecord& cell) { return cell.load == load; });
}

TEST(Run, AsksForAShareOfWhatTheSameServerReached) {
  const ScratchCheckout scratch;
  plan_with(scratch, R"(
[[loads]]
name = "tenth"
title = "T"
connections = 2
share = 0.1
of = "two"
[[loads]]
name = "fixed"
title = "T"
connections = 2
rate = 500
arrivals = "constant"
)");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  const CellRecord& whole = cell_under(made->result, "two");
  const CellRecord& tenth = cell_under(made->result, "tenth");
  ASSERT_TRUE(whole.rate && tenth.asked_rate) << tenth.missing;
  EXPECT_NEAR(*tenth.asked_rate, whole.rate->median / 10, whole.rate->median / 1e6);
  EXPECT_EQ(cell_under(made->result, "fixed").asked_rate, 500.0);
}

TEST(Run, SaysOfALoadWhoseCoresThisHostLacksThatItDoes) {
  const ScratchCheckout scratch;
  plan_with(scratch, R"(
[[loads]]
name = "one"
title = "T"
connections = 2
server_cores = 1
[[loads]]
name = "many"
title = "T"
connections = 2
server_cores = 4096
)");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_TRUE(cell_under(made->result, "two").rate);
  EXPECT_TRUE(cell_under(made->result, "one").rate) << cell_under(made->result, "one").missing;
  const std::string& missing = cell_under(made->result, "many").missing;
  EXPECT_EQ(missing.rfind("it gives the server 4096 cores, and this host has ", 0), 0U) << missing;
}

TEST(Run, LetsServersHaveMoreFilesOpenThanItsUserDoesAndSaysWhatThatWas) {
  const ScratchCheckout scratch;
  const auto program = scratch.folder() / "server";
  scratch.write("server", "#!/bin/sh\nulimit -n > " + (scratch.folder() / "limit").string() +
                              "\nexec " ASSAY_SERVER " \"$@\"\n");
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  scratch.write("baselines/reference/baseline.toml",
                ScratchCheckout::baseline("[\"" + program.string() + R"(", "--port", "{port}"])"));
  scratch.plan("p", 1, R"("reference@only")");
  rlimit usual{};
  getrlimit(RLIMIT_NOFILE, &usual);
  const rlimit few{250, usual.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  const auto made = run_plan(scratch);
  setrlimit(RLIMIT_NOFILE, &usual);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_EQ(made->result.host.settings.at("open files"), "250");
  int limit = 0;
  std::ifstream(scratch.folder() / "limit") >> limit;
  EXPECT_GT(limit, 250);
}

// Lets this process have so few for good.
std::string reason_of_a_large_load() {
  const ScratchCheckout scratch;
  plan_with(scratch,
            "[[loads]]\nname = \"large\"\ntitle = \"T\"\nconnections = 1000\n"
            "[[loads]]\nname = \"larger\"\ntitle = \"T\"\nconnections = 2000\n",
            4);
  const rlimit few{250, 250};
  if (setrlimit(RLIMIT_NOFILE, &few) != 0) return strerror(errno);
  const auto made = run_plan(scratch);
  if (!made) return made.error().what();
  // However often those two are refused, one after the other, the third goes on.
  const CellRecord& possible = cell_under(made->result, "two");
  if (possible.valid != 4) return fmt::format("{} trials {}", possible.valid, possible.missing);
  return cell_under(made->result, "large").missing;
}

TEST(Run, SaysOfALoadThatNeedsMoreOpenFilesThanThisHostAllowsThatItDoes) {
  const auto tell = [] {
    fmt::print(stderr, "{}", reason_of_a_large_load());
    std::_Exit(0);
  };
  EXPECT_EXIT(tell(), testing::ExitedWithCode(0),
              "it needs 1128 open files, and this host allows 250");
}

TEST(Run, GoesOnWithTheOtherLoadsOfAServerWhereAClientFails) {
  const ScratchCheckout scratch;
  scratch.write("harness/clients/urllib_pool.py", "raise SystemExit('out of luck')");
  std::string loads;
  for (const std::string name : {"first", "second"}) {
    loads += "[[loads]]\nname = \"" + name +
             "\"\ntitle = \"T\"\nclient = \"urllib-pool\"\nrequests = 5\nconnections = 1\n"
             "keep_alive = false\n";
  }
  plan_with(scratch, loads, 3);
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  EXPECT_EQ(cell_under(made->result, "two").valid, 3);
  EXPECT_EQ(cell_under(made->result, "first").missing,
            "the client urllib-pool ended with status 1; it said: out of luck");
}

TEST(Run, LooksForTheHighestRateThatKeepsALimit) {
  const ScratchCheckout scratch;
  plan_with(scratch, R"(
[[loads]]
name = "easy"
title = "T"
connections = 4
p99_limit_ms = 2000.0
[[loads]]
name = "hopeless"
title = "T"
connections = 4
p99_limit_ms = 0.000001
)");
  const auto made = run_plan(scratch);
  ASSERT_TRUE(made) << made.error().what();
  const CellRecord& easy = cell_under(made->result, "easy");
  ASSERT_TRUE(easy.rate) << easy.missing;
  EXPECT_GT(easy.rate->median, 0);
  EXPECT_EQ(cell_under(made->result, "hopeless").missing,
            "no rate that was tried keeps its p99 under 1e-06 ms");
}

}  // namespace
}  // namespace assay::lab
