#include "harness/lab/trial/server_process.h"

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"

namespace assay::lab {
namespace {

Launch shell(const ScratchCheckout& scratch, const std::string& script) {
  return {{"/bin/sh", "-c", script},
          {{"ASSAY_TEST", "given"}},
          scratch.folder(),
          scratch.folder() / "log"};
}

std::string log_of(const ScratchCheckout& scratch) {
  std::ifstream file(scratch.folder() / "log");
  return {std::istreambuf_iterator<char>(file), {}};
}

// Waits for what another process does; ends the test when it never does it.
template <class Condition>
bool soon(Condition&& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(ServerProcess, RunsInItsFolderWithItsVariablesAndKeepsItsErrors) {
  const ScratchCheckout scratch;
  auto server = ServerProcess::start(
      shell(scratch, "echo out; (echo $ASSAY_TEST; pwd -P; echo wrong) >&2; exit 3"));
  ASSERT_TRUE(server);
  ASSERT_TRUE(soon([&] { return server->ended().has_value(); }));
  EXPECT_EQ(*server->ended(), "ended with status 3");
  const std::string folder = std::filesystem::canonical(scratch.folder()).string();
  EXPECT_EQ(log_of(scratch), "given\n" + folder + "\nwrong\n");
  EXPECT_EQ(last_line(scratch.folder() / "log"), "wrong");
}

TEST(ServerProcess, EndsItsWholeGroupEvenAgainstItsWill) {
  const ScratchCheckout scratch;
  pid_t group = 0;
  {
    auto server = ServerProcess::start(
        shell(scratch,
              "trap '' TERM; sleep 60 & sleep 60 & echo ready >&2; while :; do sleep 0.1; done"));
    ASSERT_TRUE(server);
    group = server->group();
    ASSERT_TRUE(soon([&] { return log_of(scratch) == "ready\n"; }));
    EXPECT_EQ(kill(-group, 0), 0);
  }
  EXPECT_TRUE(soon([&] { return kill(-group, 0) != 0; })) << "something of the group is left";
}

// Ended, but not yet fetched by whoever has become its parent.
bool is_zombie(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line);
  return line.find(") Z") != line.npos;
}

TEST(ServerProcess, EndsWhatHasLeftItsGroupToo) {
  if (!std::filesystem::exists("/proc/self/environ")) {
    GTEST_SKIP() << "this system shows nobody the environment of a process";
  }
  const ScratchCheckout scratch;
  pid_t escaped = 0;
  {
    auto server = ServerProcess::start(
        shell(scratch, "setsid sh -c 'echo $$ >&2; sleep 60; true' & sleep 60; true"));
    ASSERT_TRUE(server);
    ASSERT_TRUE(soon([&] { return log_of(scratch).ends_with('\n'); }));
    escaped = std::stoi(log_of(scratch));
    EXPECT_NE(getpgid(escaped), server->group());
  }
  EXPECT_TRUE(soon([&] { return getpgid(escaped) < 0 || is_zombie(escaped); }));
}
TEST(ServerProcess, ThatCannotStartSaysWhyInItsLog) {
  const ScratchCheckout scratch;
  auto server =
      ServerProcess::start({{"/no/such/program"}, {}, scratch.folder(), scratch.folder() / "log"});
  ASSERT_TRUE(server);
  ASSERT_TRUE(soon([&] { return server->ended().has_value(); }));
  EXPECT_EQ(*server->ended(), "ended with status 127");
  EXPECT_EQ(last_line(scratch.folder() / "log"), "No such file or directory");
}

}  // namespace
}  // namespace assay::lab
