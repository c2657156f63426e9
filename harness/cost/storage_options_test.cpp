#include "harness/cost/storage_options.h"

#include <gtest/gtest.h>

namespace assay::cost {
namespace {

ParsedStorageOptions parsed(std::vector<const char*> words) {
  words.insert(words.begin(), "storage_cost");
  return storage_options(static_cast<int>(words.size()), words.data());
}

TEST(StorageOptions, AreAllPartsByThemselves) {
  const auto options = parsed({}).options;
  ASSERT_TRUE(options.has_value());
  EXPECT_TRUE(options->has("reads") && options->has("policies") && options->has("writes"));
  EXPECT_EQ(options->connections, (std::vector<std::size_t>{1, 16, 64, 256}));
}

TEST(StorageOptions, TakeSomeParts) {
  const auto options = parsed({"--parts", "writes,reads", "--connections", "3"}).options;
  ASSERT_TRUE(options.has_value());
  EXPECT_TRUE(options->has("writes"));
  EXPECT_FALSE(options->has("policies"));
  EXPECT_EQ(options->connections, std::vector<std::size_t>{3});
}

TEST(StorageOptions, AreRefusedWithTheStatusOfAWrongCommand) {
  EXPECT_EQ(parsed({"--parts", "deletes"}).exit_status, 2);
  EXPECT_EQ(parsed({"--folder", "/there/is/no/such"}).exit_status, 2);
  EXPECT_EQ(parsed({"--keys", "100001"}).exit_status, 2);
  EXPECT_EQ(parsed({"--help"}).exit_status, 0);
}

}  // namespace
}  // namespace assay::cost
