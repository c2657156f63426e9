#include "harness/cost/cost_options.h"

#include <gtest/gtest.h>

namespace assay::cost {
namespace {

ParsedCostOptions parsed(std::vector<const char*> words) {
  words.insert(words.begin(), "server_cost");
  return cost_options(static_cast<int>(words.size()), words.data());
}

TEST(CostOptions, AreAllRowsAndRivalsByThemselves) {
  const auto options = parsed({}).options;
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->rows.size(), 12U);
  EXPECT_EQ(text(options->rows.front()), "keep-alive 1");
  EXPECT_EQ(text(options->rows.back()), "close 256");
  EXPECT_EQ(options->rivals.size(), 4U);
}

TEST(CostOptions, TakeSomeRows) {
  const auto options = parsed({"--rows", "close,keep-alive", "--connections", "3"}).options;
  ASSERT_TRUE(options.has_value());
  ASSERT_EQ(options->rows.size(), 2U);
  EXPECT_EQ(text(options->rows[0]), "close 3");
}

TEST(CostOptions, TakeNoRowsAndNoRivals) {
  const auto options = parsed({"--rows", "none", "--rivals", "none"}).options;
  ASSERT_TRUE(options.has_value());
  EXPECT_TRUE(options->rows.empty());
}

TEST(CostOptions, TakeFurtherServers) {
  const auto options = parsed({"--server", "a=./a x", "--server", "b=./b"}).options;
  ASSERT_TRUE(options.has_value());
  ASSERT_EQ(options->servers.size(), 2U);
  EXPECT_EQ(options->servers[1].name, "b");
}

TEST(CostOptions, TakeTheReferenceWithAReadyReplyAndAlsoWithOneThatIsBuilt) {
  const auto options = parsed({}).options;
  ASSERT_TRUE(options.has_value());
  EXPECT_NE(options->reference.find("/assay-fixed-server "), std::string::npos);
  EXPECT_NE(options->built.find("/assay-server "), std::string::npos);
  EXPECT_EQ(parsed({"--built", ""}).options->built, "");
}

TEST(CostOptions, AreRefusedWithTheStatusOfAWrongCommand) {
  EXPECT_EQ(parsed({"--rows", "sideways"}).exit_status, 2);
  EXPECT_EQ(parsed({"--server", "nameless"}).exit_status, 2);
  EXPECT_EQ(parsed({"--rounds", "0"}).exit_status, 2);
  EXPECT_EQ(parsed({"--help"}).exit_status, 0);
}

}  // namespace
}  // namespace assay::cost
