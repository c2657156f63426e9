#include "server/storage/sql/connection.h"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <tuple>

#include <gtest/gtest.h>

#include "server/storage/sql/scratch_file.h"
#include "server/storage/sql/thrown.h"

namespace assay::storage {
namespace {

using model::field;
using Kind = StorageError::Kind;

struct User {
  std::int64_t id = 0;
  std::string name;
  static constexpr auto model() {
    return std::tuple{field<"id">(&User::id), field<"name">(&User::name)};
  }
};

constexpr Query<"SELECT id, name FROM users WHERE id = ?1", User> user_by_id;
constexpr Query<"SELECT id, name FROM users ORDER BY id", User> all_users;
constexpr Query<"SELECT id FROM users ORDER BY id", std::int64_t> all_ids;
constexpr Query<"SELECT count(*) FROM users", std::int64_t> user_count;
constexpr Query<"INSERT INTO users(name) VALUES (?1)"> add_user;

class OneConnection : public testing::Test {
 protected:
  OneConnection() {
    connection_.execute(
        "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT");
    for (const char* name : {"ann", "bob", "cy"}) connection_.run(add_user, name);
  }

  const ScratchFile file;
  Connection connection_{file.path(), {}};
};

TEST_F(OneConnection, GivesAllRowsTheFirstOrEach) {
  const std::vector<User> users = connection_.all(all_users);
  ASSERT_EQ(users.size(), 3U);
  EXPECT_EQ(users[2].id, 3);
  EXPECT_EQ(users[2].name, "cy");
  EXPECT_EQ(connection_.one(all_users)->name, "ann");
  EXPECT_EQ(connection_.one(user_by_id, 2)->name, "bob");
  EXPECT_FALSE(connection_.one(user_by_id, 9));
  std::string names;
  connection_.each(all_users, [&](const User& user) { names += user.name; });
  EXPECT_EQ(names, "annbobcy");
}

TEST_F(OneConnection, SaysHowManyWereChangedAndWhichIdWasGiven) {
  EXPECT_EQ(connection_.run(add_user, "dee"), 1);
  EXPECT_EQ(connection_.last_id(), 4);
  constexpr Query<"UPDATE users SET name = name || '!' WHERE id > ?1"> shout;
  EXPECT_EQ(connection_.run(shout, 9), 0);
  EXPECT_EQ(connection_.run(shout, 1), 3);
  constexpr Query<"CREATE INDEX by_name ON users(name)"> make_index;
  EXPECT_EQ(connection_.run(make_index), 0) << "it is not that of the statement before";
}

TEST_F(OneConnection, DoesAllOfAStatementThatWritesAndGivesOneRow) {
  constexpr Query<"UPDATE users SET name = name || '!' RETURNING id", std::int64_t> shout;
  EXPECT_EQ(connection_.one(shout), 1);
  EXPECT_EQ(connection_.one(user_by_id, 3)->name, "cy!");
  EXPECT_EQ(connection_.run(shout), 3);
  EXPECT_EQ(connection_.one(user_by_id, 3)->name, "cy!!");
  EXPECT_FALSE(connection_.in_transaction());
}

TEST_F(OneConnection, IsReadyAgainAfterAStatementThatFailed) {
  for (int i = 0; i < 3; ++i) {
    const StorageError error = thrown([&] { connection_.run(add_user, "ann"); });
    EXPECT_EQ(error.kind(), Kind::constraint);
    EXPECT_STREQ(error.what(),
                 "the statement breaks a rule of its table (SQLite: UNIQUE constraint failed: "
                 "users.name, 2067; in: INSERT INTO users(name) VALUES (?1))");
  }
  EXPECT_EQ(connection_.run(add_user, "dee"), 1);
  EXPECT_EQ(connection_.one(user_count), 4);
}

TEST_F(OneConnection, LetsPassWhatIsThrownAtARowAndGoesOn) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_THROW(connection_.each(all_users, [](const User&) { throw std::runtime_error("no"); }),
                 std::runtime_error);
  }
  EXPECT_EQ(connection_.all(all_users).size(), 3U);
  // No row is held any more: the table may go.
  connection_.execute("DROP TABLE users");
}

TEST_F(OneConnection, RunsAQueryAgainWhileItsOwnRowsAreWalkedThrough) {
  std::string seen;
  connection_.each(all_ids, [&](std::int64_t outer) {
    connection_.each(all_ids, [&](std::int64_t inner) {
      seen += std::to_string(outer) + std::to_string(inner);
      seen += connection_.one(all_ids) == 1 ? ' ' : '?';
    });
  });
  EXPECT_EQ(seen, "11 12 13 21 22 23 31 32 33 ");
}

TEST_F(OneConnection, RefusesAnotherNumberOfArguments) {
  const StorageError error = thrown([&] { connection_.one(user_by_id); });
  EXPECT_EQ(error.kind(), Kind::misuse);
  EXPECT_STREQ(error.what(),
               "the statement takes 1 arguments, and 0 were given "
               "(in: SELECT id, name FROM users WHERE id = ?1)");
  EXPECT_EQ(thrown([&] { connection_.run(add_user, "dee", 4); }).kind(), Kind::misuse);
  EXPECT_EQ(connection_.one(user_by_id, 1)->name, "ann");
}

TEST_F(OneConnection, RefusesWhatIsNotOneStatement) {
  constexpr Query<"DELETE FROM users; DELETE FROM users"> two;
  constexpr Query<"-- nothing"> none;
  constexpr Query<"DELETE FROM users WHERE id = 3; -- one\n"> one;
  constexpr Query<"DELETE FROM user"> no_table;
  EXPECT_EQ(thrown([&] { connection_.run(two); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([&] { connection_.run(none); }).kind(), Kind::misuse);
  EXPECT_EQ(connection_.one(user_count), 3);
  EXPECT_EQ(connection_.run(one), 1);
  const StorageError error = thrown([&] { connection_.run(no_table); });
  EXPECT_EQ(error.kind(), Kind::misuse);
  EXPECT_NE(std::string(error.what()).find("no such table: user"), std::string::npos);
}

TEST_F(OneConnection, TakesTextInDoubleQuotesForAColumnThatIsNotThere) {
  constexpr Query<"SELECT count(*) FROM users WHERE name = \"ann\"", std::int64_t> typed_wrong;
  EXPECT_EQ(thrown([&] { connection_.one(typed_wrong); }).kind(), Kind::misuse);
}

TEST_F(OneConnection, ExecutesSeveralStatementsAndNamesTheOneThatFails) {
  connection_.execute("  -- a comment\n INSERT INTO users(name) VALUES ('dee'); SELECT 1;\n\n ");
  EXPECT_EQ(connection_.one(user_count), 4);
  connection_.execute("");
  const StorageError error = thrown([&] {
    connection_.execute(
        "INSERT INTO users(name) VALUES ('eve'); INSERT INTO users(name) VALUES "
        "('ann'); INSERT INTO users(name) VALUES ('fay')");
  });
  EXPECT_EQ(error.kind(), Kind::constraint);
  EXPECT_NE(std::string(error.what()).find("in: INSERT INTO users(name) VALUES ('ann');)"),
            std::string::npos)
      << error.what();
  EXPECT_EQ(connection_.one(user_count), 5);
  const StorageError unread = thrown([&] { connection_.execute("SELECT 1; SELEKT 2; SELECT 3"); });
  EXPECT_NE(std::string(unread.what()).find("near \"SELEKT\""), std::string::npos) << unread.what();
}

TEST_F(OneConnection, HoldsForeignKeysAgainstEachOther) {
  connection_.execute("CREATE TABLE pets(owner INTEGER REFERENCES users(id))");
  constexpr Query<"INSERT INTO pets VALUES (?1)"> add_pet;
  EXPECT_EQ(connection_.run(add_pet, 1), 1);
  EXPECT_EQ(thrown([&] { connection_.run(add_pet, 9); }).kind(), Kind::constraint);
}

TEST_F(OneConnection, CountsHowOftenItWaitedForALock) {
  Settings settings;
  settings.busy_limit = std::chrono::milliseconds(5);
  BusyCounts counts;
  Connection other(file.path(), settings, &counts);
  connection_.begin_to_write();
  const StorageError error = thrown([&] { other.run(add_user, "dee"); });
  EXPECT_EQ(error.kind(), Kind::busy);
  EXPECT_NE(std::string(error.what()).find("file: " + file.path()), std::string::npos);
  EXPECT_EQ(counts.waited, 1U);
  EXPECT_EQ(counts.gave_up, 1U);
  connection_.roll_back();
  EXPECT_EQ(other.run(add_user, "dee"), 1);
  EXPECT_EQ(counts.waited, 1U);
}

TEST_F(OneConnection, WaitsOnceToBeOpenedBesideALock) {
  Settings settings;
  settings.journal = Journal::rollback;
  settings.busy_limit = std::chrono::milliseconds(5);
  const ScratchFile locked;
  Connection holder(locked.path(), settings);
  holder.execute("CREATE TABLE some(thing); BEGIN EXCLUSIVE");
  BusyCounts counts;
  const StorageError error = thrown([&] { Connection(locked.path(), settings, &counts); });
  EXPECT_EQ(error.kind(), Kind::busy);
  EXPECT_EQ(counts.waited, 1U);
  EXPECT_EQ(counts.gave_up, 1U);
}

TEST_F(OneConnection, IsToldByItsSettingsHowToKeepWhatItWrites) {
  constexpr Query<"PRAGMA journal_mode", std::string> journal;
  constexpr Query<"PRAGMA synchronous", int> synchronous;
  EXPECT_EQ(connection_.one(journal), "wal");
  EXPECT_EQ(connection_.one(synchronous), 3);
  const ScratchFile second;
  Settings settings;
  settings.journal = Journal::rollback;
  settings.synchronous = Synchronous::normal;
  EXPECT_EQ(Connection(second.path(), settings).one(journal), "delete");
  EXPECT_EQ(Connection(second.path(), settings).one(synchronous), 1);
  settings.synchronous = Synchronous::off;
  EXPECT_EQ(Connection(second.path(), settings).one(synchronous), 0);
}

TEST_F(OneConnection, SaysWhyAFileIsNoDatabaseOrCannotBeOpened) {
  const std::string text_file = std::filesystem::path(file.path()).parent_path() / "text";
  std::ofstream(text_file) << std::string(4096, 'x');
  const StorageError no_database = thrown([&] { Connection(text_file, {}); });
  EXPECT_EQ(no_database.kind(), Kind::corrupt);
  EXPECT_NE(std::string(no_database.what()).find("file: " + text_file), std::string::npos);
  const StorageError no_folder = thrown([] { Connection("/nowhere/a.db", {}); });
  EXPECT_EQ(no_folder.kind(), Kind::cannot_open);
  EXPECT_NE(std::string(no_folder.what()).find("No such file or directory"), std::string::npos);
  EXPECT_EQ(thrown([] { Connection(":memory:", {}); }).kind(), Kind::misuse);
  EXPECT_EQ(thrown([] { Connection("", {}); }).kind(), Kind::misuse);
}

TEST_F(OneConnection, FindsADamagedFile) {
  connection_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  const auto pages = static_cast<std::int64_t>(std::filesystem::file_size(file.path()) / 4096);
  ASSERT_GE(pages, 2);
  {
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(4096);  // the table's own page
    bytes << std::string(4096, 'x');
  }
  Connection other(file.path(), {});
  EXPECT_EQ(thrown([&] { other.all(all_users); }).kind(), Kind::corrupt);
}

TEST_F(OneConnection, RefusesToWriteWhereItMayOnlyRead) {
  connection_.execute("PRAGMA query_only = ON");
  EXPECT_EQ(thrown([&] { connection_.run(add_user, "dee"); }).kind(), Kind::read_only);
  EXPECT_EQ(connection_.one(user_count), 3);
}

}  // namespace
}  // namespace assay::storage
