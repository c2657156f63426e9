// What a thread reads under the policy `per_thread`, from one wait to the next.
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/policies/other_thread.h"
#include "server/storage/sql/scratch_file.h"
#include "server/storage/tally.h"

namespace assay::storage {
namespace {

class ThreadSnapshots : public testing::Test {
 protected:
  ThreadSnapshots() { database_.start(); }

  static Settings settings(const std::string& path) {
    Settings settings;
    settings.path = path;
    settings.synchronous = Synchronous::off;
    return settings;
  }
  // Another program, whose commits we are not told of.
  Connection& other_program() { return other_program_; }
  // Whether somebody reads an older state than the newest.
  bool is_read_behind() {
    Settings impatient = settings(file_.path());
    impatient.busy_limit = std::chrono::milliseconds(0);
    Connection connection(file_.path(), impatient);
    return sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                     nullptr, nullptr) == SQLITE_BUSY;
  }

  ScratchFile file_;
  Tally database_{settings(file_.path())};
  Connection other_program_{file_.path(), settings(file_.path())};
};

TEST_F(ThreadSnapshots, AreNotHeldByAThreadThatNeverTellsWhenItWaits) {
  EXPECT_EQ(database_.count(), 0);
  other_program().run(add_number, 1);
  EXPECT_EQ(database_.count(), 1);
  EXPECT_FALSE(is_read_behind());
  EXPECT_EQ(database_.counts().plain_reads, 2U);
  EXPECT_EQ(database_.counts().snapshots, 0U);
}

TEST_F(ThreadSnapshots, AreHeldUntilTheThreadWaits) {
  database_.before_wait();
  EXPECT_EQ(database_.count(), 0);
  other_program().run(add_number, 1);
  EXPECT_EQ(database_.count(), 0);
  EXPECT_TRUE(is_read_behind());
  database_.before_wait();
  EXPECT_FALSE(is_read_behind());
  EXPECT_EQ(database_.count(), 1);
  EXPECT_EQ(database_.counts().snapshots, 2U);
  EXPECT_EQ(database_.counts().snapshot_reads, 3U);
}

TEST_F(ThreadSnapshots, AreRenewedWhenAnotherThreadHasCommitted) {
  database_.before_wait();
  EXPECT_EQ(database_.count(), 0);
  OtherThread other;
  other.does([&] { database_.run(add_number, 1); });
  EXPECT_EQ(database_.count(), 1);
  other.does([&] { database_.use([](Connection& connection) { connection.run(add_number, 2); }); });
  EXPECT_EQ(database_.count(), 2);
  other.does([&] { EXPECT_EQ(database_.one(add_and_return, 3), 3); });
  EXPECT_EQ(database_.count(), 3);
  database_.write([](Connection& connection) { connection.run(add_number, 4); }).get();
  EXPECT_EQ(database_.count(), 4);
}

TEST_F(ThreadSnapshots, AreRenewedByWhatWasCommittedBeforeAnActThrew) {
  database_.before_wait();
  EXPECT_EQ(database_.count(), 0);
  OtherThread other;
  other.does([&] {
    EXPECT_THROW(database_.use([](Connection& connection) {
      connection.run(add_number, 1);
      throw 7;
    }),
                 int);
  });
  EXPECT_EQ(database_.count(), 1);
}

TEST_F(ThreadSnapshots, AreKeptWhenAnotherThreadOnlyRead) {
  database_.before_wait();
  database_.count();
  OtherThread other;
  other.does([&] {
    database_.count();
    database_.use([](Connection& connection) { connection.one(count_numbers); });
    database_.read([](Connection& connection) { connection.one(count_numbers); });
  });
  database_.count();
  EXPECT_EQ(database_.counts().snapshots, 1U);
  EXPECT_EQ(database_.counts().commits, 0U);
}

TEST_F(ThreadSnapshots, NeverKeepTheirThreadFromWriting) {
  database_.before_wait();
  EXPECT_EQ(database_.count(), 0);
  other_program().run(add_number, 1);
  EXPECT_EQ(database_.run(add_number, 2), 1);
  EXPECT_EQ(database_.count(), 2);
  other_program().run(add_number, 3);
  database_.use([](Connection& connection) {
    connection.transaction([&] { connection.run(add_number, 4); });
  });
  EXPECT_EQ(database_.count(), 4);
}

TEST_F(ThreadSnapshots, EndWhenTheDatabaseIsStopped) {
  database_.before_wait();
  database_.count();
  OtherThread other;
  other.does([&] {
    database_.before_wait();
    database_.count();
  });
  other_program().run(add_number, 1);
  EXPECT_TRUE(is_read_behind());
  database_.stop();
  EXPECT_FALSE(is_read_behind());
}

TEST_F(ThreadSnapshots, GoOnWithinAnActThatSaysItWaits) {
  database_.before_wait();
  database_.read([&](Connection& connection) {
    EXPECT_EQ(connection.one(count_numbers), 0);
    other_program().run(add_number, 1);
    database_.before_wait();
    EXPECT_EQ(connection.one(count_numbers), 0);
  });
}

TEST(ThreadSnapshotsInARollbackJournal, AreNotHeldAsNobodyCouldWrite) {
  const ScratchFile file;
  Settings settings;
  settings.path = file.path();
  settings.journal = Journal::rollback;
  settings.busy_limit = std::chrono::milliseconds(0);
  Tally database(settings);
  database.start();
  database.before_wait();
  EXPECT_EQ(database.count(), 0);
  Connection other_program(file.path(), settings);
  EXPECT_EQ(other_program.run(add_number, 1), 1);
  EXPECT_EQ(database.count(), 1);
}

// Numbers that grow, and the largest that somebody was told is written.
class Growing {
 public:
  explicit Growing(Database& database) : database_(database) {}

  void write_next(bool by_the_writer) {
    const auto act = [](Connection& connection) {
      return connection.transaction([&] {
        const std::int64_t next = connection.one(largest_number).value() + 1;
        connection.run(add_number, next);
        return next;
      });
    };
    tell(by_the_writer ? database_.write(act).get() : database_.use(act));
  }
  void read() {
    const std::int64_t told_before = told_;
    if (database_.one(largest_number).value() < told_before) ++stale_reads_;
  }
  std::int64_t told() const { return told_; }
  int stale_reads() const { return stale_reads_; }

 private:
  void tell(std::int64_t number) {
    std::int64_t before = told_;
    while (before < number && !told_.compare_exchange_weak(before, number)) {
    }
  }

  Database& database_;
  std::atomic<std::int64_t> told_ = 0;
  std::atomic<int> stale_reads_ = 0;
};

TEST_F(ThreadSnapshots, AreNeverOlderThanAWriteThatWasAcknowledgedBefore) {
  Growing growing(database_);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, by_the_writer = i < 2] {
      for (int n = 0; n < 300; ++n) {
        if (n % 7 == 0) database_.before_wait();
        for (int repeat = 0; repeat < 3; ++repeat) growing.read();
        growing.write_next(by_the_writer);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(growing.stale_reads(), 0);
  EXPECT_EQ(growing.told(), 1200);
  EXPECT_GT(database_.counts().snapshot_reads, database_.counts().snapshots);
}

}  // namespace
}  // namespace assay::storage
