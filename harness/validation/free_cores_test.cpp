#include "harness/validation/free_cores.h"

#include <limits>
#include <thread>

#include <gtest/gtest.h>

namespace assay::validation {
namespace {

// How many are idle while this runs nobody knows; but there are never more than there are.
TEST(FreeCores, AreNoMoreThanTheMachineHas) {
  EXPECT_FALSE(are_free(std::numeric_limits<std::size_t>::max(), std::chrono::milliseconds(1)));
  EXPECT_FALSE(are_free(std::thread::hardware_concurrency() + 1, std::chrono::milliseconds(1)));
}

}  // namespace
}  // namespace assay::validation
