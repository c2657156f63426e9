#include "harness/lab/host/server_sampler.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

using std::chrono::milliseconds;

// A busy group that holds 64 MiB until it is told to let go of them.
class Holder {
 public:
  static constexpr std::size_t bytes = std::size_t{64} << 20U;

  Holder() {
    if (pipe(to_) != 0 || pipe(from_) != 0) return;
    pid_ = fork();
    if (pid_ == 0) hold();
    await();
  }
  ~Holder() {
    kill(-pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    for (const int end : {to_[0], to_[1], from_[0], from_[1]}) close(end);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  pid_t group() const { return pid_; }
  void let_go() {
    EXPECT_EQ(write(to_[1], "g", 1), 1);
    await();
  }

 private:
  void await() {
    char said = 0;
    EXPECT_EQ(read(from_[0], &said, 1), 1);
  }
  [[noreturn]] void hold() {
    setpgid(0, 0);
    alarm(30);  // should the test be killed
    void* const held = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    if (held == MAP_FAILED) _exit(1);
    std::memset(held, 1, bytes);
    char told = 0;
    if (write(from_[1], "r", 1) != 1 || read(to_[0], &told, 1) != 1) _exit(1);
    munmap(held, bytes);
    if (write(from_[1], "g", 1) != 1) _exit(1);
    while (true) getppid();
  }

  int to_[2] = {-1, -1};
  int from_[2] = {-1, -1};
  pid_t pid_ = -1;
};

TEST(ServerSampler, KeepsThePeakOfWhatItSawBesideTheLast) {
  Holder holder;
  ServerSampler sampler(holder.group(), milliseconds(0), std::nullopt);
  std::this_thread::sleep_for(milliseconds(1000));  // a reading each 500 ms
  holder.let_go();
  std::this_thread::sleep_for(milliseconds(100));
  const ServerUse use = sampler.end();
  ASSERT_TRUE(use.state);
  EXPECT_GE(use.state->memory_idle_bytes, Holder::bytes);
  EXPECT_GE(use.state->memory_peak_bytes, Holder::bytes);
  EXPECT_LT(use.memory_bytes, Holder::bytes);
  EXPECT_EQ(use.state->processes, 1U);
  ASSERT_TRUE(use.conditions);
  EXPECT_GE(use.conditions->seconds, 1.1);
  EXPECT_GT(use.cpu_s, 0);
  EXPECT_NEAR(use.cpu_share, use.cpu_s / use.conditions->seconds, 1e-9);
}

// It idles before the window, so its use is not thinned by the time before.
TEST(ServerSampler, BeginsWhenItIsToldTo) {
  Holder holder;
  ServerSampler sampler(holder.group(), milliseconds(200));
  std::this_thread::sleep_for(milliseconds(600));
  holder.let_go();
  sampler.begin_at(ServerSampler::Clock::now());
  const ServerUse use = sampler.wait();
  ASSERT_TRUE(use.conditions);
  EXPECT_GT(use.conditions->seconds, 0.1);
  EXPECT_LT(use.conditions->seconds, 0.6);
  EXPECT_GT(use.cpu_s, 0);
  EXPECT_GT(use.memory_bytes, 0U);
}

TEST(ServerSampler, WaitsForAWarmUp) {
  Holder holder;
  const auto start = ServerSampler::Clock::now();
  ServerSampler sampler(holder.group(), milliseconds(300), milliseconds(100));
  const ServerUse use = sampler.wait();
  EXPECT_GE(ServerSampler::Clock::now() - start, milliseconds(400));
  ASSERT_TRUE(use.conditions);
  EXPECT_LT(use.conditions->seconds, 0.4);
}

TEST(ServerSampler, KnowsNothingOfAWindowThatHasNotBegun) {
  const Holder holder;
  const pid_t group = holder.group();
  EXPECT_FALSE(ServerSampler(group, milliseconds(1)).wait().conditions);  // nobody told it
  EXPECT_FALSE(ServerSampler(group, std::nullopt).end().conditions);
  EXPECT_FALSE(ServerSampler(group, std::chrono::hours(1), std::nullopt).end().conditions);
  ServerSampler later(group, std::nullopt);
  later.begin_at(ServerSampler::Clock::now() + std::chrono::hours(1));
  EXPECT_FALSE(later.end().conditions);
}

TEST(ServerSampler, DoesNotWaitWhenItIsNoLongerWanted) {
  const Holder holder;
  ServerSampler sampler(holder.group(), std::chrono::hours(1));
  sampler.begin_at(ServerSampler::Clock::now());
}

}  // namespace
}  // namespace assay::lab
