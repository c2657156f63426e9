#include "server/storage/policies/single_thread.h"

#include <latch>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/tally.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;

class Single : public testing::Test {
 protected:
  Single() { database_.start(); }
  static Settings settings() {
    Settings settings;
    settings.policy = Policy::single;
    settings.synchronous = Synchronous::off;
    settings.queue_limit = 3;
    return settings;
  }
  void await_queue(std::uint64_t length) {
    while (database_.counts().queue_length != length) std::this_thread::yield();
  }
  Tally database_{settings()};
};

TEST_F(Single, DoesEverythingOnOneThreadThatIsNoCallers) {
  const auto thread_of = [](Connection&) { return std::this_thread::get_id(); };
  const std::thread::id one = database_.use(thread_of);
  EXPECT_NE(one, std::this_thread::get_id());
  EXPECT_EQ(database_.read(thread_of), one);
  EXPECT_EQ(database_.write(thread_of).get(), one);
  std::thread other([&] { EXPECT_EQ(database_.use(thread_of), one); });
  other.join();
}

TEST_F(Single, RefusesToWaitInAWriteOfAnotherDatabaseBeforeItIsAsked) {
  const ScratchFile file;
  Settings settings;
  settings.path = file.path();
  Tally other(settings);
  other.start();
  const auto write = [this](Connection&) { return database_.count(); };
  EXPECT_EQ(error_of([&] { other.write(write).get(); }), StorageError::Kind::misuse);
  EXPECT_EQ(database_.count(), 0);
}

TEST_F(Single, KeepsTheOrderOfReadsAndWritesAndRefusesMoreThanTheQueueHolds) {
  std::latch begun(1);
  std::latch go_on(1);
  std::thread first([&] {
    database_.use([&](Connection&) {
      begun.count_down();
      go_on.wait();
    });
  });
  begun.wait();
  auto added = database_.write([](Connection& connection) { connection.run(add_number, 1); });
  std::int64_t seen = -1;
  await_queue(1);
  std::thread reader([&] { seen = database_.count(); });
  std::thread user([&] {
    database_.use([&](Connection& connection) {
      EXPECT_EQ(connection.one(count_numbers), 1);
      connection.transaction([&] { connection.run(add_number, 2); });
    });
  });
  await_queue(2);
  auto last = database_.write([](Connection&) {});
  EXPECT_EQ(error_of([&] { database_.run(add_number, 3); }), Kind::queue_full);
  EXPECT_EQ(database_.counts().refused_operations, 1U);
  std::thread late([&] { EXPECT_EQ(database_.count(), 2); });  // a read is never too much
  go_on.count_down();
  for (std::thread* thread : {&first, &reader, &user, &late}) thread->join();
  added.get();
  last.get();
  EXPECT_GE(seen, 1);
  EXPECT_EQ(database_.count(), 2);
}

TEST_F(Single, CountsWhatItsNumbersSay) {
  EXPECT_EQ(database_.counts().open_connections, 1U);
  EXPECT_THROW(database_.read([](Connection&) { throw 7; }), int);
  EXPECT_THROW(database_.use([](Connection&) { throw 7; }), int);
  EXPECT_EQ(error_of([&] { database_.read([](Connection& c) { c.execute("SELEKT"); }); }),
            Kind::misuse);
  EXPECT_EQ(database_.counts().failed_operations, 0U);
  EXPECT_EQ(error_of([&] { database_.use([](Connection& c) { c.execute("SELEKT"); }); }),
            Kind::misuse);
  EXPECT_EQ(database_.counts().failed_operations, 1U);
  database_.run(add_number, 1);
  EXPECT_EQ(database_.counts().operations, 1U);
  EXPECT_EQ(database_.counts().batches, database_.counts().commits);
  database_.stop();
  EXPECT_EQ(database_.counts().open_connections, 0U);
}

TEST_F(Single, LetsAUseHaveTransactionsOfItsOwnBetweenThoseOfTheWriter) {
  auto before = database_.write([](Connection& connection) { connection.run(add_number, 1); });
  database_.use([](Connection& connection) {
    connection.begin_to_write();
    connection.run(add_number, 2);
    connection.commit();
    connection.begin_to_write();
    connection.run(add_number, 3);
    connection.roll_back();
  });
  before.get();
  EXPECT_EQ(database_.all(all_numbers), (std::vector<std::int64_t>{1, 2}));
}

}  // namespace
}  // namespace assay::storage
