#include "harness/load/core_wait.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace assay::load {
namespace {

using std::chrono::milliseconds;

// Of a thread that works for so long, and has to share the cores with others that do.
nanoseconds wait_beside(std::size_t others, nanoseconds length) {
  std::atomic<bool> is_over{false};
  std::vector<std::thread> busy;
  for (std::size_t count = 0; count < others; ++count) {
    busy.emplace_back([&] {
      while (!is_over) continue;
    });
  }
  nanoseconds waited{0};
  std::thread([&] {
    const nanoseconds before = *thread_core_wait();
    for (const TimePoint until = Clock::now() + length; Clock::now() < until;) continue;
    waited = *thread_core_wait() - before;
  }).join();
  is_over = true;
  for (std::thread& thread : busy) thread.join();
  return waited;
}

TEST(CoreWait, IsLongWhereMoreThreadsWorkThanThereAreCores) {
  if (!thread_core_wait()) GTEST_SKIP() << "this system does not tell";
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  constexpr milliseconds length(300);
  const nanoseconds waited = wait_beside(3 * cores, length);
  EXPECT_GT(waited, length / 10);  // its even share would leave it three quarters
  EXPECT_LE(waited, length + milliseconds(50));
}

TEST(CoreWait, OnlyGrowsWhileAThreadRuns) {
  if (!thread_core_wait()) GTEST_SKIP() << "this system does not tell";
  const nanoseconds before = *thread_core_wait();
  std::this_thread::yield();
  EXPECT_GE(*thread_core_wait(), before);
}

}  // namespace
}  // namespace assay::load
