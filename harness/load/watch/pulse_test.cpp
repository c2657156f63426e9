#include "harness/load/watch/pulse.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint begin{std::chrono::hours(1)};
constexpr Window window{begin, begin + std::chrono::seconds(1)};

nanoseconds late(milliseconds due, milliseconds woke) {
  return late_within(begin + due, begin + woke, window);
}

TEST(Pulse, IsLateByWhatPassedSinceItWasDueWithinTheWindow) {
  EXPECT_EQ(late(milliseconds(10), milliseconds(210)), milliseconds(200));
  EXPECT_EQ(late(milliseconds(10), milliseconds(10)), milliseconds(0));
  EXPECT_EQ(late(milliseconds(-150), milliseconds(50)), milliseconds(50));
  EXPECT_EQ(late(milliseconds(950), milliseconds(1150)), milliseconds(50));
  EXPECT_EQ(late(milliseconds(-300), milliseconds(-100)), milliseconds(0));
  EXPECT_EQ(late(milliseconds(1100), milliseconds(1300)), milliseconds(0));
  EXPECT_EQ(late(milliseconds(-100), milliseconds(5000)), std::chrono::seconds(1));
}

TEST(Pulse, CountsNothingUntilItIsToldWhen) {
  Pulse pulse;
  std::this_thread::sleep_for(4 * Pulse::interval);
  EXPECT_EQ(pulse.end(), nanoseconds(0));
}

TEST(Pulse, CountsNothingBeforeItsWindow) {
  Pulse pulse;
  pulse.watch({Clock::now() + std::chrono::hours(1), TimePoint::max()});
  std::this_thread::sleep_for(4 * Pulse::interval);
  EXPECT_EQ(pulse.end(), nanoseconds(0));
}

// For as long as somebody else stops it and lets it go on again.
int status_of_a_pulse() {
  Pulse pulse;
  pulse.watch({Clock::now(), TimePoint::max()});
  for (TimePoint before = Clock::now(); Clock::now() - before < milliseconds(150);) {
    before = Clock::now();
    std::this_thread::sleep_for(milliseconds(20));
  }
  return pulse.end() >= milliseconds(190) ? 0 : 1;
}

TEST(PulseDeathTest, SeesThatItsProcessWasStopped) {
  const pid_t child = fork();
  if (child == 0) std::_Exit(status_of_a_pulse());
  std::this_thread::sleep_for(milliseconds(50));
  kill(child, SIGSTOP);
  int status = 0;
  waitpid(child, &status, WUNTRACED);
  std::this_thread::sleep_for(milliseconds(200));
  kill(child, SIGCONT);
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace assay::load
