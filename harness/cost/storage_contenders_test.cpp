#include "harness/cost/storage_contenders.h"

#include <set>

#include <gtest/gtest.h>

namespace assay::cost {
namespace {

StorageOptions options() {
  StorageOptions options;
  options.notes = "./notes --database {database}";
  options.workloads = "./server --model {model} --database-policy {policy} --database {database}";
  return options;
}

TEST(StorageContenders, AreEveryPolicyUnderEveryModelEachWithItsOwnDatabase) {
  const std::vector<Contender> all = policies(options(), "/tmp/x");
  ASSERT_EQ(all.size(), 12U);
  EXPECT_EQ(all[0].name, "loop per-thread");
  EXPECT_EQ(joined(all[5].command),
            "./server --model pool --database-policy per-request --database "
            "/tmp/x/pool-per-request.db");
  std::set<std::string> commands;
  for (const Contender& each : all) commands.insert(joined(each.command));
  EXPECT_EQ(commands.size(), 12U);
}

TEST(StorageContenders, ReadTheSameNotesWithAndWithoutTheStore) {
  const std::vector<Contender> both = readers(options(), "/tmp/x");
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].command, both[1].command);
  EXPECT_EQ(with_key(*both[0].question, 7).target, "/samples/00007");
  EXPECT_EQ(with_key(*both[1].question, 7).target, "/notes/00007");
}

TEST(StorageContenders, WriteDurablyOneByOneAndTogether) {
  const std::vector<Contender> both = writers(options(), "/tmp/x");
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(joined(both[0].command),
            "./notes --database /tmp/x/one-by-one.db --database-synchronous full "
            "--no-group-commit");
  EXPECT_EQ(joined(both[1].command),
            "./notes --database /tmp/x/group-commit.db --database-synchronous full");
  EXPECT_EQ(both[1].question->keys, writing_clients);
  EXPECT_FALSE(both[1].question->has_same_replies);
}

}  // namespace
}  // namespace assay::cost
