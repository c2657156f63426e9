#include "harness/lab/host/group_state.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

GroupState state_of(std::map<std::uint64_t, Switches> threads) {
  GroupState state;
  state.each = std::move(threads);
  return state;
}

TEST(GroupState, SwitchesAreThoseOfThreadsThatAreThereAtTheEnd) {
  const GroupState first = state_of({{1, {100, 10}}, {2, {1000, 1000}}, {3, {50, 50}}});
  const GroupState last = state_of({{1, {107, 11}}, {3, {2, 51}}, {4, {30, 3}}});
  ServerState state;
  set_between(state, first, last);
  // 7 of the first thread; 2 of one that has the number of the third; 30 of a new one.
  EXPECT_EQ(state.voluntary_switches, 39U);
  EXPECT_EQ(state.involuntary_switches, 55U);
}

TEST(GroupState, SwitchesThatAreNotToldAreNothing) {
  ServerState state;
  set_between(state, {}, state_of({}));
  EXPECT_FALSE(state.voluntary_switches || state.involuntary_switches);
}

// A group of one process, with a second thread, that opens a file and sleeps often.
TEST(GroupState, IsOfAllProcessesOfTheGroupAndOfNoOther) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    alarm(20);
    for (int i = 0; i < 7; ++i) open("/dev/null", O_RDONLY);
    if (fork() == 0) {
      alarm(20);
      pause();
    }
    std::thread([] { pause(); }).detach();
    if (write(ends[1], "r", 1) != 1) _exit(1);
    while (true) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  char ready = 0;
  ASSERT_EQ(read(ends[0], &ready, 1), 1);
  const GroupState first = group_state(child);
  ServerState state;
  for (int i = 0; i < 500 && state.voluntary_switches.value_or(0) < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    set_between(state, first, group_state(child));
    if (!first.each) break;  // not told here
  }
  kill(-child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  EXPECT_EQ(state.processes, 2U);
  EXPECT_EQ(state.threads, 3U);
  EXPECT_GE(state.open_files.value(), 2 * (7U + 5));  // with its pipe and the usual three
  if (first.each) {
    EXPECT_GE(state.voluntary_switches.value(), 3U);
  }
}

}  // namespace
}  // namespace assay::lab
