#include "harness/load/socket/readiness.h"

#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>

#include "harness/load/socket/descriptor.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(pipe(ends.data()), 0);
    reader = Descriptor(ends[0]);
    writer = Descriptor(ends[1]);
  }
  Descriptor reader;
  Descriptor writer;
};

TEST(Readiness, ComesWithTheFirstByte) {
  const Pipe pipe;
  EXPECT_EQ(write(pipe.writer.number(), "x", 1), 1);
  EXPECT_TRUE(is_ready(pipe.reader.number(), POLLIN, Clock::now() + std::chrono::minutes(1)));
}

TEST(Readiness, IsNotAwaitedAfterTheDeadline) {
  const Pipe pipe;
  EXPECT_FALSE(is_ready(pipe.reader.number(), POLLIN, Clock::now() - milliseconds(1)));
  EXPECT_FALSE(is_ready(pipe.reader.number(), POLLIN, Clock::now() + milliseconds(20)));
}

// 2^32 ms and one more, which is 1 ms to whom counts in 32 bits.
TEST(Readiness, IsAwaitedForMonthsIfNeedBe) {
  const Pipe pipe;
  std::thread writer([&] {
    std::this_thread::sleep_for(milliseconds(100));
    EXPECT_EQ(write(pipe.writer.number(), "x", 1), 1);
  });
  EXPECT_TRUE(
      is_ready(pipe.reader.number(), POLLIN, Clock::now() + milliseconds((1LL << 32U) + 1)));
  writer.join();
}

extern "C" void pass_over(int) {}

TEST(Readiness, IsAwaitedThroughSignals) {
  struct sigaction quiet{};
  quiet.sa_handler = pass_over;
  struct sigaction previous{};
  sigaction(SIGALRM, &quiet, &previous);
  const itimerval soon{{0, 0}, {0, 20'000}};
  const Pipe pipe;
  const TimePoint deadline = Clock::now() + milliseconds(200);
  setitimer(ITIMER_REAL, &soon, nullptr);
  EXPECT_FALSE(is_ready(pipe.reader.number(), POLLIN, deadline));
  EXPECT_GE(Clock::now(), deadline);
  sigaction(SIGALRM, &previous, nullptr);
}

}  // namespace
}  // namespace assay::load
