#include "server/storage/policies/per_thread.h"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/policies/other_thread.h"
#include "server/storage/sql/scratch_file.h"
#include "server/storage/tally.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;

Settings in_memory() {
  Settings settings;
  settings.synchronous = Synchronous::off;
  return settings;
}

std::unique_ptr<Tally> started(const Settings& settings = in_memory()) {
  auto database = std::make_unique<Tally>(settings);
  database->start();
  return database;
}

Connection* own_connection(Database& database) {
  return database.use([](Connection& connection) { return &connection; });
}

TEST(PerThread, GivesEachThreadOneOfItsOwnAndAlwaysThatOne) {
  const auto database = started();
  Connection* const ours = own_connection(*database);
  Connection* theirs = nullptr;
  OtherThread other;
  other.does([&] { theirs = own_connection(*database); });
  EXPECT_NE(ours, theirs);
  EXPECT_EQ(own_connection(*database), ours);
  other.does([&] { EXPECT_EQ(own_connection(*database), theirs); });
  EXPECT_EQ(database->counts().open_connections, 2U);
}

TEST(PerThread, OpensNoneForAThreadThatUsesNone) {
  const auto database = started();
  database->before_wait();
  EXPECT_EQ(database->counts().open_connections, 0U);
}

TEST(PerThread, ClosesItWhenItsThreadEnds) {
  const auto database = started();
  OtherThread other;
  other.does([&] { database->count(); });
  EXPECT_EQ(database->counts().open_connections, 1U);
  other.end();
  EXPECT_EQ(database->counts().open_connections, 0U);
  EXPECT_EQ(database->counts().plain_reads, 1U);
}

TEST(PerThread, ClosesThoseOfThreadsThatLiveOnWhenItStops) {
  const auto database = started();
  OtherThread other;
  other.does([&] { database->run(add_number, 1); });
  database->stop();
  EXPECT_EQ(database->counts().open_connections, 0U);
  other.does([&] { EXPECT_EQ(error_of([&] { database->count(); }), Kind::closing); });
  database->start();
  other.does([&] { EXPECT_EQ(database->count(), 1); });
  EXPECT_EQ(database->counts().open_connections, 1U);
}

TEST(PerThread, ServesThreadsThatOutliveDatabases) {
  OtherThread other;
  for (int round = 1; round <= 3; ++round) {
    auto database = started();
    other.does([&] {
      database->before_wait();
      EXPECT_EQ(database->count(), 0);
      database->run(add_number, round);
      EXPECT_EQ(database->one(largest_number), round);
    });
    database.reset();
  }
}

// In KiB, as SQLite says it: negative.
std::int64_t cache_of_its_connection(OtherThread& thread, Database& database) {
  std::int64_t size = 0;
  thread.does([&] {
    constexpr Query<"PRAGMA cache_size", std::int64_t> cache_size;
    size = database.one(cache_size).value();
  });
  return size;
}

TEST(PerThread, SharesTheMemoryOfCachesAmongManyConnections) {
  const auto database = started();
  std::vector<std::unique_ptr<OtherThread>> threads;
  std::vector<std::int64_t> caches;
  for (int i = 0; i < 40; ++i) {
    threads.push_back(std::make_unique<OtherThread>());
    caches.push_back(cache_of_its_connection(*threads.back(), *database));
  }
  EXPECT_EQ(caches[31], caches[0]);
  EXPECT_EQ(caches[32], -1'939);
  EXPECT_EQ(caches[39], -1'600);
  threads.clear();
  OtherThread next;
  EXPECT_EQ(cache_of_its_connection(next, *database), caches[0]) << "the others are closed";
}

TEST(PerThread, KeepsSeveralDatabasesApart) {
  const auto first = started();
  const auto second = started();
  first->run(add_number, 1);
  second->run(add_number, 2);
  EXPECT_EQ(first->one(largest_number), 1);
  EXPECT_EQ(second->one(largest_number), 2);
  // Of two databases a use within a use has two connections.
  first->use([&](Connection& connection) {
    EXPECT_NE(own_connection(*second), &connection);
    EXPECT_EQ(second->one(largest_number), 2);
    EXPECT_EQ(first->one(largest_number), 1);
  });
}

TEST(PerThread, OpensAnotherWhereTheFileFailed) {
  const auto database = started();
  const auto fail = [](Connection& connection) {
    throw StorageError::of(SQLITE_IOERR_READ, connection.handle(), "reading");
  };
  EXPECT_EQ(error_of([&] { database->use(fail); }), Kind::input_output);
  EXPECT_EQ(database->counts().open_connections, 0U);
  EXPECT_EQ(database->count(), 0);
}

TEST(PerThread, MakesNoNewFileWhereTheOldOneIsGone) {
  const ScratchFile file;
  Settings settings = in_memory();
  settings.path = file.path();
  const auto database = started(settings);
  std::filesystem::remove(file.path());
  EXPECT_EQ(error_of([&] { database->count(); }), Kind::cannot_open);
  EXPECT_FALSE(std::filesystem::exists(file.path()));
}

}  // namespace
}  // namespace assay::storage
