#include "server/storage/policies/storage_counts.h"

#include <chrono>
#include <latch>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/model/json_write.h"
#include "server/storage/sql/scratch_file.h"
#include "server/storage/tally.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;

class Counts : public testing::Test {
 protected:
  Counts() { database_.start(); }
  Settings settings() {
    Settings settings;
    settings.path = file_.path();
    settings.synchronous = Synchronous::off;
    settings.busy_limit = std::chrono::milliseconds(3);
    settings.queue_limit = 5;
    return settings;
  }
  ScratchFile file_;
  Tally database_{settings()};
};

TEST_F(Counts, TellHowManyOperationsWentIntoOneTransaction) {
  std::latch begun(1);
  std::latch go_on(1);
  auto first = database_.write([&](Connection&) {
    begun.count_down();
    go_on.wait();
  });
  begun.wait();
  std::vector<Pending<void>> later;
  for (int n = 0; n < 5; ++n) {
    later.push_back(database_.write([n](Connection& connection) {
      connection.run(add_number, n);
      if (n == 4) throw 7;
    }));
  }
  EXPECT_EQ(database_.counts().queue_length, 5U);
  EXPECT_EQ(error_of([&] { static_cast<void>(database_.write([](Connection&) {})); }),
            Kind::queue_full);
  go_on.count_down();
  first.get();
  for (int n = 0; n < 4; ++n) later[static_cast<std::size_t>(n)].get();
  EXPECT_THROW(later[4].get(), int);
  const StorageCounts counts = database_.counts();
  EXPECT_EQ(counts.queue_length, 0U);
  EXPECT_EQ(counts.operations, 5U);
  EXPECT_EQ(counts.failed_operations, 0U);  // what one threw itself is no failure of storage
  EXPECT_EQ(counts.refused_operations, 1U);
  EXPECT_EQ(counts.commits, counts.batches);
  std::uint64_t batches = 0;
  for (const BatchSize& size : counts.batch_sizes) batches += size.batches;
  EXPECT_EQ(batches, counts.batches);
  EXPECT_GE(counts.largest_batch, 4U);
  ASSERT_EQ(counts.batch_sizes.size(), 3U);
  EXPECT_EQ(counts.batch_sizes[2].at_least, 4U);
  EXPECT_EQ(counts.batch_sizes[2].batches, 1U);
}

TEST_F(Counts, TellHowOftenALockWasWaitedFor) {
  EXPECT_EQ(database_.counts().busy_failures, 0U);
  Connection other(file_.path(), settings());
  other.begin_to_write();
  EXPECT_EQ(error_of([&] { database_.run(add_number, 1); }), Kind::busy);
  EXPECT_EQ(error_of([&] { database_.write([](Connection& c) { c.run(add_number, 1); }).get(); }),
            Kind::busy);
  other.roll_back();
  EXPECT_EQ(database_.counts().failed_operations, 1U);
  EXPECT_EQ(database_.counts().busy_failures, 2U);
  EXPECT_GE(database_.counts().busy_waits, 2U);
}

TEST_F(Counts, TellTheSizesOfTheFiles) {
  database_.run(add_number, 1);
  const StorageCounts counts = database_.counts();
  EXPECT_EQ(counts.database_bytes % 4096, 0U);
  EXPECT_GT(counts.database_bytes, 0U);
  EXPECT_GT(counts.wal_bytes, 4096U);
  database_.stop();
  EXPECT_EQ(database_.counts().wal_bytes, 0U);
}

TEST(StorageCounts, AreWrittenByTheNamesThatOptionsHave) {
  StorageCounts counts;
  counts.policy = Policy::per_request;
  counts.batch_sizes = {{1, 2}};
  EXPECT_EQ(model::to_json(counts),
            R"({"policy":"per-request","journal":"wal","synchronous":"full","group_commit":true,)"
            R"("queue_length":0,"queue_limit":0,"batches":0,"operations":0,"largest_batch":0,)"
            R"("batch_sizes":[{"at_least":1,"batches":2}],"failed_operations":0,)"
            R"("refused_operations":0,"swept_entries":0,"open_connections":0,)"
            R"("waiting_for_connection":0,"refused_connections":0,"snapshots":0,)"
            R"("snapshot_reads":0,"plain_reads":0,"busy_waits":0,"busy_failures":0,"commits":0,)"
            R"("database_bytes":0,"wal_bytes":0})");
}

}  // namespace
}  // namespace assay::storage
