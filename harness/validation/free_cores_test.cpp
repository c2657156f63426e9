#include "harness/validation/free_cores.h"

#include <atomic>
#include <limits>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

// How many are idle while this runs nobody knows; but there are never more than there are.
TEST(FreeCores, AreNoMoreThanTheMachineHas) {
  EXPECT_FALSE(are_free(std::numeric_limits<std::size_t>::max(), std::chrono::milliseconds(1)));
  EXPECT_FALSE(are_free(std::thread::hardware_concurrency() + 1, std::chrono::milliseconds(1)));
}

TEST(FreeCores, AreNoneWhereFourForEachWantToRun) {
  std::atomic<bool> is_over = false;
  std::vector<std::thread> busy;
  const unsigned cores = std::thread::hardware_concurrency();
  for (unsigned i = 0; i < 4 * cores; ++i) {
    busy.emplace_back([&] {
      while (!is_over) continue;
    });
  }
  EXPECT_FALSE(are_free(cores, std::chrono::milliseconds(200)));
  is_over = true;
  for (std::thread& thread : busy) thread.join();
  EXPECT_TRUE(are_free(0, std::chrono::milliseconds(1)));
}

}  // namespace
}  // namespace assay::validation
