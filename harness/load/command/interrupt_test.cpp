#include "harness/load/command/interrupt.h"

#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

volatile std::sig_atomic_t heard = 0;
extern "C" void hear(int number) { heard = number; }

TEST(Interrupt, TurnsEachSignalIntoAStop) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    Stop stop;
    const Interrupt interrupt(stop);
    EXPECT_FALSE(stop.requested());
    std::raise(number);
    EXPECT_TRUE(stop.requested()) << number;
  }
}

TEST(Interrupt, PutsBackWhatWasThereBefore) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    auto* const previous = std::signal(number, hear);
    Stop stop;
    {
      const Interrupt interrupt(stop);
      std::raise(number);
      std::raise(number);  // from the second on the system's own action is in place
    }
    std::raise(number);
    EXPECT_EQ(heard, number);
    std::signal(number, previous);
  }
}

TEST(Interrupt, LeavesAnIgnoredSignalIgnored) {
  auto* const previous = std::signal(SIGHUP, SIG_IGN);
  Stop stop;
  {
    const Interrupt interrupt(stop);
    std::raise(SIGHUP);
  }
  EXPECT_FALSE(stop.requested());
  EXPECT_EQ(std::signal(SIGHUP, previous), SIG_IGN);
}

TEST(InterruptDeathTest, EndsTheProgramAtTheThirdSignal) {
  EXPECT_EXIT(
      {
        Stop stop;
        const Interrupt interrupt(stop);
        std::raise(SIGTERM);
        std::raise(SIGTERM);
        if (!stop.requested()) std::_Exit(1);
        std::raise(SIGTERM);
        std::_Exit(2);
      },
      testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace assay::load
