#include "harness/load/watch/core_wait.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "harness/load/watch/cpu_clock.h"

namespace assay::load {
namespace {

using std::chrono::milliseconds;

struct Use {
  nanoseconds waited{0};
  nanoseconds off_core{0};  // of its time, what it did not run
};

// Of a thread that works for so long, and has to share the cores with others that do.
Use use_beside(std::size_t others, nanoseconds length) {
  std::atomic<bool> is_over{false};
  std::vector<std::thread> busy;
  for (std::size_t count = 0; count < others; ++count) {
    busy.emplace_back([&] {
      while (!is_over) continue;
    });
  }
  Use use;
  std::thread([&] {
    const TimePoint began = Clock::now();
    const nanoseconds ran_before = thread_cpu_time();
    const nanoseconds waited_before = *thread_core_wait();
    while (Clock::now() < began + length) continue;
    use.waited = *thread_core_wait() - waited_before;
    use.off_core = Clock::now() - began - (thread_cpu_time() - ran_before);
  }).join();
  is_over = true;
  for (std::thread& thread : busy) thread.join();
  return use;
}

TEST(CoreWait, IsLongWhereMoreThreadsWorkThanThereAreCores) {
  if (!thread_core_wait()) GTEST_SKIP() << "this system does not tell";
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  constexpr milliseconds length(300);
  const Use use = use_beside(3 * cores, length);
  EXPECT_GT(use.waited, length / 10);  // an even share would leave three quarters
  // It never slept, so what it did not run it waited, or the machine itself stood still.
  EXPECT_GT(use.waited, use.off_core / 2);
  EXPECT_LE(use.waited, use.off_core + milliseconds(20));
}

TEST(CoreWait, OnlyGrowsWhileAThreadRuns) {
  if (!thread_core_wait()) GTEST_SKIP() << "this system does not tell";
  const nanoseconds before = *thread_core_wait();
  std::this_thread::yield();
  EXPECT_GE(*thread_core_wait(), before);
}

}  // namespace
}  // namespace assay::load
