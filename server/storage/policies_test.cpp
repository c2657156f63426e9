// What holds under every policy and with both journals, so that a handler need not know which it
// is.
#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <latch>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/sql/scratch_file.h"
#include "server/storage/tally.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;
using std::chrono::milliseconds;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Policies : public testing::TestWithParam<std::tuple<Policy, Journal>> {
 protected:
  Policies() { database_.start(); }

  Settings settings() {
    Settings settings;
    settings.path = file_.path();
    std::tie(settings.policy, settings.journal) = GetParam();
    settings.synchronous = Synchronous::off;
    settings.pool_size = 2;
    settings.busy_limit = milliseconds(60'000);
    return settings;
  }

  // Whether a thread that has nothing of the database yet gets nothing either.
  bool refuses_others() {
    bool refuses = false;
    std::thread other([&] {
      try {
        if (std::get<Policy>(GetParam()) == Policy::single) {
          static_cast<void>(database_.write([](Connection&) {}));  // would wait for its turn
        } else {
          database_.count();
        }
      } catch (const StorageError& error) {
        refuses = error.kind() == Kind::closing;
      }
    });
    other.join();
    return refuses;
  }

  ScratchFile file_;
  Tally database_{settings()};
};

constexpr auto every_policy =
    std::array{Policy::per_thread, Policy::per_request, Policy::pool, Policy::single};
constexpr auto both_journals = std::array{Journal::wal, Journal::rollback};

std::string title(const testing::TestParamInfo<Policies::ParamType>& given) {
  constexpr std::array policies{"PerThread", "PerRequest", "Pool", "Single"};
  const auto policy = static_cast<std::size_t>(std::get<Policy>(given.param));
  const bool has_wal = std::get<Journal>(given.param) == Journal::wal;
  return std::string(policies.at(policy)) + (has_wal ? "Wal" : "Rollback");
}

INSTANTIATE_TEST_SUITE_P(All, Policies,
                         testing::Combine(testing::ValuesIn(every_policy),
                                          testing::ValuesIn(both_journals)),
                         title);

TEST_P(Policies, ReadWhatWasWritten) {
  EXPECT_EQ(database_.run(add_number, 3), 1);
  EXPECT_EQ(database_.run(add_number, 1), 1);
  EXPECT_EQ(database_.all(all_numbers), (std::vector<std::int64_t>{1, 3}));
  EXPECT_EQ(database_.one(largest_number), 3);
}

TEST_P(Policies, GiveWhatAnActReturnsAndThrowWhatItThrows) {
  EXPECT_EQ(database_.use([](Connection&) { return std::string("done"); }), "done");
  EXPECT_THROW(database_.use([](Connection&) { throw 7; }), int);
  EXPECT_THROW(database_.read([](Connection&) { throw std::string("no"); }), std::string);
}

TEST_P(Policies, CommitWhatReturnsRowsWhenTheFirstIsHad) {
  EXPECT_EQ(database_.one(add_and_return, 5), 5);
  Connection other(file_.path(), settings());
  EXPECT_EQ(other.one(count_numbers), 1);
}

TEST_P(Policies, UndoATransactionThatAnActLeavesByThrowing) {
  EXPECT_THROW(database_.use([](Connection& connection) {
    connection.begin_to_write();
    connection.run(add_number, 1);
    throw 7;
  }),
               int);
  EXPECT_EQ(database_.count(), 0);
  database_.use([](Connection& connection) { EXPECT_FALSE(connection.in_transaction()); });
}

TEST_P(Policies, UndoATransactionThatAnActForgetsAndSaySo) {
  EXPECT_EQ(error_of([&] {
              database_.use([](Connection& connection) {
                connection.begin_to_write();
                connection.run(add_number, 1);
              });
            }),
            Kind::misuse);
  EXPECT_EQ(database_.count(), 0);
}

TEST_P(Policies, KeepWhatAnActCommittedBeforeItThrew) {
  EXPECT_THROW(database_.use([](Connection& connection) {
    connection.run(add_number, 1);
    throw 7;
  }),
               int);
  EXPECT_EQ(database_.count(), 1);
}

TEST_P(Policies, ShowOneStateToAllQueriesOfARead) {
  Settings impatient = settings();
  impatient.busy_limit = milliseconds(1);
  Connection other(file_.path(), impatient);
  database_.read([&](Connection& connection) {
    EXPECT_EQ(connection.one(count_numbers), 0);
    if (impatient.journal == Journal::wal) {
      other.run(add_number, 1);
    } else {  // there writers wait for readers
      EXPECT_EQ(error_of([&] { other.run(add_number, 1); }), Kind::busy);
    }
    EXPECT_EQ(connection.one(count_numbers), 0);
  });
  other.run(add_number, 2);
  EXPECT_EQ(database_.one(largest_number), 2);
}

TEST_P(Policies, ShowOneStateToAllQueriesOfAReadWithinAUse) {
  if (std::get<Policy>(GetParam()) == Policy::single) GTEST_SKIP() << "nobody else can write";
  if (std::get<Journal>(GetParam()) == Journal::rollback) GTEST_SKIP() << "a read holds writers up";
  Connection other(file_.path(), settings());
  database_.use([&](Connection&) {
    database_.read([&](Connection& connection) {
      EXPECT_EQ(connection.one(count_numbers), 0);
      other.run(add_number, 1);
      EXPECT_EQ(connection.one(count_numbers), 0);
    });
    EXPECT_EQ(database_.count(), 1);
  });
}

TEST_P(Policies, RefuseAReadThatWrites) {
  EXPECT_EQ(error_of([&] {
              database_.read([](Connection& connection) { connection.run(add_number, 1); });
            }),
            Kind::misuse);
  EXPECT_EQ(error_of([&] { database_.read([&](Connection&) { database_.run(add_number, 1); }); }),
            Kind::misuse);
  EXPECT_EQ(database_.count(), 0);
  EXPECT_EQ(database_.run(add_number, 1), 1);
}

TEST_P(Policies, GiveAUseWithinAUseTheSameConnection) {
  const auto add_two = [&](Connection& outer) {
    return outer.transaction([&] {
      database_.run(add_number, 1);
      database_.use([&](Connection& inner) {
        EXPECT_EQ(&inner, &outer);
        inner.transaction([&] { inner.run(add_number, 2); });
      });
      return database_.count();
    });
  };
  EXPECT_EQ(database_.use(add_two), 2);
  // As often as there are places in the pool, and once more, and each within the last.
  const auto count = [&](Connection&) { return database_.count(); };
  const auto again = [&](Connection&) { return database_.read(count); };
  EXPECT_EQ(database_.read([&](Connection&) { return database_.read(again); }), 2);
}

TEST_P(Policies, ShowAWriteWhatItWroteItself) {
  const std::int64_t count = database_
                                 .write([&](Connection& connection) {
                                   connection.run(add_number, 1);
                                   return database_.count();
                                 })
                                 .get();
  EXPECT_EQ(count, 1);
  EXPECT_EQ(database_.count(), 1);
}

TEST_P(Policies, RefuseToWaitForAWriteWithinAnAct) {
  const auto add = [](Connection& connection) { return connection.run(add_number, 1); };
  const auto wait = [&](Connection&) { return database_.write(add).get(); };
  EXPECT_EQ(error_of([&] { database_.use(wait); }), Kind::misuse);
  EXPECT_EQ(error_of([&] { database_.read(wait); }), Kind::misuse);
  EXPECT_EQ(error_of([&] { database_.write(wait).get(); }), Kind::misuse);
  std::optional<Pending<std::int64_t>> later;
  database_.use([&](Connection&) { later.emplace(database_.write(add)); });
  EXPECT_EQ(later->get(), 1);
}

TEST_P(Policies, RefuseAFileOfAnotherProgramAndLeaveItAsItIs) {
  const ScratchFile theirs;
  for (const Journal journal : both_journals) {
    Settings made = settings();
    made.journal = journal;
    std::filesystem::remove(theirs.path());
    Connection(theirs.path(), made).execute("CREATE TABLE theirs(id INTEGER)");
    const std::string before = bytes_of(theirs.path());
    Settings ours = settings();
    ours.path = theirs.path();
    EXPECT_EQ(error_of([&] { Tally{ours}; }), Kind::foreign);
    EXPECT_EQ(bytes_of(theirs.path()), before);
    EXPECT_FALSE(std::filesystem::exists(theirs.path() + "-wal"));
  }
}

TEST_P(Policies, KeepTheirJournalFromAServerThatWantsAnother) {
  database_.run(add_number, 1);
  Settings other = settings();
  const bool is_wal = other.journal == Journal::wal;
  other.journal = is_wal ? Journal::rollback : Journal::wal;
  try {
    Tally{other};
    ADD_FAILURE() << "it opened the file";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.kind(), Kind::cannot_open);
    const std::string hint =
        is_wal ? "use --database-journal wal" : "use --database-journal rollback";
    EXPECT_NE(std::string(error.what()).find(hint), std::string::npos) << error.what();
  }
  EXPECT_EQ(database_.run(add_number, 2), 1);
  EXPECT_EQ(database_.count(), 2);
}

TEST_P(Policies, LoseNoWriteOfManyThreads) {
  const auto add_one_more = [](Connection& connection) {
    connection.transaction(
        [&] { connection.run(add_number, connection.one(largest_number).value() + 1); });
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, by_the_writer = i % 2 == 0] {
      for (int n = 0; n < 25; ++n) {
        if (by_the_writer) {
          database_.write(add_one_more).get();
        } else {
          database_.use(add_one_more);
        }
        if (n % 5 == 0) database_.before_wait();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(database_.count(), 100);
  EXPECT_EQ(database_.one(largest_number), 100);
}

TEST_P(Policies, RefuseWhatComesWhenTheyHaveStopped) {
  database_.run(add_number, 1);
  database_.stop();
  EXPECT_EQ(database_.counts().open_connections, 0U);
  EXPECT_EQ(error_of([&] { database_.count(); }), Kind::closing);
  EXPECT_EQ(error_of([&] { database_.run(add_number, 2); }), Kind::closing);
  EXPECT_EQ(error_of([&] { database_.write([](Connection&) {}).get(); }), Kind::closing);
  database_.before_wait();
}

TEST_P(Policies, StartAgainWhereTheyStopped) {
  database_.run(add_number, 1);
  database_.stop();
  database_.start();
  database_.run(add_number, 2);
  EXPECT_EQ(database_.all(all_numbers), (std::vector<std::int64_t>{1, 2}));
}

TEST_P(Policies, EndAUseThatIsUnderWayBeforeTheyStop) {
  std::latch begun(1);
  std::latch go_on(1);
  std::atomic<bool> has_stopped = false;
  std::thread user([&] {
    database_.use([&](Connection& connection) {
      begun.count_down();
      go_on.wait();
      connection.run(add_number, 1);
      EXPECT_FALSE(has_stopped);
    });
  });
  begun.wait();
  std::thread stopper([&] {
    database_.stop();
    has_stopped = true;
  });
  while (!refuses_others()) std::this_thread::yield();
  go_on.count_down();
  stopper.join();
  user.join();
  EXPECT_EQ(Connection(file_.path(), settings()).one(count_numbers), 1);
}

// The database and its log, by other names or back under their own.
void each_file(const std::string& path, const std::function<void(const std::string&)>& act) {
  for (const char* end : {"", "-wal", "-shm"}) {
    if (std::filesystem::exists(path + end)) act(path + end);
  }
}

TEST_P(Policies, WriteToNoFileThatIsGoneAndGoOnWithACopyOfIt) {
  const auto write = [this](int number) {
    return database_.write([number](Connection& to) { return to.run(add_number, number); });
  };
  EXPECT_EQ(write(1).get(), 1);
  EXPECT_EQ(database_.count(), 1);
  each_file(file_.path(), [](const std::string& file) {
    const std::string away = std::filesystem::path(file).parent_path() / "away";
    std::filesystem::create_directories(away);
    std::filesystem::rename(file, away + "/" + std::string(std::filesystem::path(file).filename()));
  });
  EXPECT_EQ(error_of([&] { database_.run(add_number, 2); }), Kind::cannot_open);
  EXPECT_EQ(error_of([&] { write(2).get(); }), Kind::cannot_open);
  const auto folder = std::filesystem::path(file_.path()).parent_path();
  std::filesystem::copy(folder / "away", folder);
  EXPECT_EQ(write(3).get(), 1);
  EXPECT_EQ(database_.all(all_numbers), (std::vector<std::int64_t>{1, 3}));
  EXPECT_EQ(database_.run(add_number, 4), 1);
  EXPECT_EQ(database_.all(all_numbers), (std::vector<std::int64_t>{1, 3, 4}));
}

TEST_P(Policies, LetNoConnectionStayOpenSoThatTheLogIsGone) {
  database_.run(add_number, 1);
  database_.count();
  database_.stop();
  EXPECT_FALSE(std::filesystem::exists(file_.path() + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(file_.path() + "-journal"));
}

}  // namespace
}  // namespace assay::storage
