#include "harness/lab/trial/group_keeper.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "harness/lab/scratch_checkout.h"
#include "harness/lab/trial/server_process.h"

namespace assay::lab {
namespace {

template <class Condition>
bool soon(Condition&& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// A laboratory of its own: starts a server with a child that stays, says which group it is, and
// waits to be killed.
pid_t forked_laboratory(const ScratchCheckout& scratch, int to_test) {
  const pid_t laboratory = fork();
  if (laboratory != 0) return laboratory;
  auto server = ServerProcess::start({{"/bin/sh", "-c", "trap '' TERM HUP; sleep 60 & sleep 60"},
                                      {},
                                      scratch.folder(),
                                      scratch.folder() / "log"});
  const pid_t group = server ? server->group() : -1;
  [[maybe_unused]] const ssize_t written = write(to_test, &group, sizeof group);
  while (true) pause();
}

TEST(GroupKeeper, EndsTheServerAndItsChildrenWhenTheLaboratoryIsKilled) {
  const ScratchCheckout scratch;
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const pid_t laboratory = forked_laboratory(scratch, ends[1]);
  pid_t group = 0;
  ASSERT_EQ(read(ends[0], &group, sizeof group), static_cast<ssize_t>(sizeof group));
  ASSERT_GT(group, 0);
  EXPECT_EQ(kill(-group, 0), 0);
  kill(laboratory, SIGKILL);
  waitpid(laboratory, nullptr, 0);
  EXPECT_TRUE(soon([&] { return kill(-group, 0) != 0; })) << "something of the group is left";
  close(ends[0]);
  close(ends[1]);
}

TEST(GroupKeeper, LetsTheGroupGoOnWhenItIsNotNeededAnyMore) {
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    while (true) pause();
  }
  setpgid(child, child);
  {
    const auto keeper = GroupKeeper::keep(child, "ASSAY_SERVER=none");
    ASSERT_TRUE(keeper);
  }
  EXPECT_EQ(kill(child, 0), 0);
  EXPECT_EQ(waitpid(child, nullptr, WNOHANG), 0) << "it was ended";
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}

}  // namespace
}  // namespace assay::lab
