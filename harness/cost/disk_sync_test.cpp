#include "harness/cost/disk_sync.h"

#include <gtest/gtest.h>

#include "harness/cost/scratch_folder.h"

namespace assay::cost {
namespace {

TEST(DiskSync, TakesSomeTimeAndLeavesNothing) {
  const auto folder = ScratchFolder::make();
  ASSERT_TRUE(folder.has_value());
  const auto sync_us = disk_sync_us(folder->path());
  ASSERT_TRUE(sync_us.has_value());
  EXPECT_GT(*sync_us, 0);
  EXPECT_TRUE(std::filesystem::is_empty(folder->path()));
}

TEST(DiskSync, SaysWhereItCannotWrite) {
  const auto sync_us = disk_sync_us("/there/is/no/such");
  ASSERT_FALSE(sync_us.has_value());
  EXPECT_EQ(sync_us.error().what(),
            "\"/there/is/no/such/disk-sync\" cannot be written: No such file or directory");
}

}  // namespace
}  // namespace assay::cost
