#include "harness/lab/host/host_lock.h"

#include <gtest/gtest.h>

namespace assay::lab {
namespace {

TEST(HostLock, IsHeldByOneRunAtATime) {
  {
    const auto first = HostLock::take();
    if (!first) GTEST_SKIP() << "another run is measuring on this host";
    EXPECT_EQ(HostLock::take().error().what(), "another run is measuring on this host");
  }
  EXPECT_TRUE(HostLock::take());
}

}  // namespace
}  // namespace assay::lab
