#include "server/runtime/usable_cores.h"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

namespace assay::runtime {
namespace {

TEST(UsableCores, AreOneOrMoreAndNoMoreThanTheMachineHas) {
  EXPECT_GE(usable_cores(), 1U);
  EXPECT_LE(usable_cores(), std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace
}  // namespace assay::runtime
