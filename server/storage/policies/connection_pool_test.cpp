#include "server/storage/policies/connection_pool.h"

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/tally.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;
using std::chrono::milliseconds;

Settings pool_of(std::size_t size, milliseconds wait_limit = milliseconds(60'000)) {
  Settings settings;
  settings.policy = Policy::pool;
  settings.synchronous = Synchronous::off;
  settings.pool_size = size;
  settings.wait_limit = wait_limit;
  return settings;
}

class Pool {
 public:
  explicit Pool(const Settings& settings) : database_(settings) { database_.start(); }
  Tally& operator*() { return database_; }
  Tally* operator->() { return &database_; }
  std::uint64_t open() { return database_.counts().open_connections; }
  void await_waiting(std::uint64_t number) {
    while (database_.counts().waiting_for_connection != number) std::this_thread::yield();
  }

 private:
  Tally database_;
};

// A use that lasts until it is told to end.
class LongUse {
 public:
  explicit LongUse(Pool& pool)
      : thread_([this, &pool] {
          pool->use([this](Connection&) {
            begun_.count_down();
            end_.wait();
          });
        }) {
    begun_.wait();
  }
  ~LongUse() { end(); }
  LongUse(const LongUse&) = delete;
  LongUse& operator=(const LongUse&) = delete;
  void end() {
    if (!thread_.joinable()) return;
    end_.count_down();
    thread_.join();
  }

 private:
  std::latch begun_{1};
  std::latch end_{1};
  std::thread thread_;
};

TEST(ConnectionPool, OpensThemAsTheyAreNeededAndNoMoreThanItsSize) {
  Pool pool(pool_of(2));
  EXPECT_EQ(pool.open(), 0U);
  pool->count();
  pool->count();
  EXPECT_EQ(pool.open(), 1U);
  {
    LongUse first(pool);
    LongUse second(pool);
    EXPECT_EQ(pool.open(), 2U);
    std::thread third([&] { pool->count(); });
    pool.await_waiting(1);
    EXPECT_EQ(pool.open(), 2U);
    first.end();
    third.join();
  }
  EXPECT_EQ(pool.open(), 2U);
}

TEST(ConnectionPool, RefusesWhoHasWaitedForTooLong) {
  Pool pool(pool_of(1, milliseconds(5)));
  LongUse only(pool);
  EXPECT_EQ(error_of([&] { pool->count(); }), Kind::no_connection_free);
  EXPECT_EQ(pool->counts().refused_connections, 1U);
  EXPECT_EQ(pool->counts().waiting_for_connection, 0U);
  only.end();
  EXPECT_EQ(pool->count(), 0);
}

TEST(ConnectionPool, ServesThoseWhoWaitInTheOrderInWhichTheyCame) {
  Pool pool(pool_of(1));
  LongUse only(pool);
  std::vector<std::int64_t> served;  // under the pool's one connection
  std::vector<std::thread> threads;
  for (std::int64_t number = 1; number <= 5; ++number) {
    threads.emplace_back(
        [&, number] { pool->use([&](Connection&) { served.push_back(number); }); });
    pool.await_waiting(static_cast<std::uint64_t>(number));
  }
  only.end();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(served, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
}

TEST(ConnectionPool, GivesTheNextACleanConnectionAfterOneThatThrew) {
  Pool pool(pool_of(1));
  Connection* used = nullptr;
  EXPECT_THROW(pool->use([&](Connection& connection) {
    used = &connection;
    connection.begin_to_write();
    connection.run(add_number, 1);
    throw 7;
  }),
               int);
  EXPECT_THROW(pool->read([](Connection&) { throw 7; }), int);
  pool->use([&](Connection& connection) {
    EXPECT_EQ(&connection, used);
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_FALSE(connection.holds_snapshot());
    EXPECT_EQ(connection.one(count_numbers), 0);
  });
}

TEST(ConnectionPool, ReplacesOneThatItsFileFailed) {
  Pool pool(pool_of(1));
  const auto fail = [](Connection& connection) {
    throw StorageError::of(SQLITE_CORRUPT, connection.handle(), "reading");
  };
  EXPECT_EQ(error_of([&] { pool->use(fail); }), Kind::corrupt);
  EXPECT_EQ(pool.open(), 0U);
  EXPECT_EQ(pool->count(), 0);
  EXPECT_EQ(pool.open(), 1U);
}

TEST(ConnectionPool, TellsThoseWhoWaitThatItCloses) {
  Pool pool(pool_of(1));
  LongUse only(pool);
  std::thread waiting([&] { EXPECT_EQ(error_of([&] { pool->count(); }), Kind::closing); });
  pool.await_waiting(1);
  std::thread stopper([&] { pool->stop(); });
  waiting.join();
  only.end();
  stopper.join();
  EXPECT_EQ(pool.open(), 0U);
}

TEST(ConnectionPool, LetsNoTwoThreadsHaveOneConnection) {
  Pool pool(pool_of(3));
  std::atomic<int> users = 0;
  std::atomic<int> most = 0;
  std::mutex mutex;
  std::set<Connection*> in_use;  // guarded by mutex
  const auto use = [&](Connection& connection) {
    {
      const std::lock_guard lock(mutex);
      EXPECT_TRUE(in_use.insert(&connection).second);
      most = std::max(most.load(), ++users);
    }
    connection.one(count_numbers);
    const std::lock_guard lock(mutex);
    in_use.erase(&connection);
    --users;
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) pool->use(use);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, 3);
  EXPECT_LE(pool.open(), 3U);
}

}  // namespace
}  // namespace assay::storage
