// What a connection sees while it holds a snapshot, and what it lets others do.
#include <sqlite3.h>

#include <chrono>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "server/storage/sql/connection.h"
#include "server/storage/sql/scratch_file.h"
#include "server/storage/sql/thrown.h"

namespace assay::storage {
namespace {

using model::field;

constexpr Query<"INSERT INTO words VALUES (?1)"> add;
constexpr Query<
    "SELECT coalesce(group_concat(word, ' '), '') FROM (SELECT word FROM words "
    "ORDER BY rowid)",
    std::string>
    said;

struct Checkpoint {
  int busy = 0;
  int log = 0;
  int checkpointed = 0;
  static constexpr auto model() {
    return std::tuple{field<"busy">(&Checkpoint::busy), field<"log">(&Checkpoint::log),
                      field<"checkpointed">(&Checkpoint::checkpointed)};
  }
};
constexpr Query<"PRAGMA wal_checkpoint(TRUNCATE)", Checkpoint> checkpoint;

Settings impatient() {
  Settings settings;
  settings.busy_limit = std::chrono::milliseconds(1);
  return settings;
}

class HeldSnapshot : public testing::Test {
 protected:
  HeldSnapshot() { connection_.execute("CREATE TABLE words(word TEXT UNIQUE) STRICT"); }

 private:
  ScratchFile file_;

 protected:
  Connection connection_{file_.path(), {}};
  Connection other_{file_.path(), impatient()};
};

TEST_F(HeldSnapshot, StaysAsItIsWhileOthersCommit) {
  connection_.run(add, "a");
  connection_.hold_snapshot();
  EXPECT_TRUE(connection_.holds_snapshot());
  EXPECT_FALSE(connection_.in_transaction());
  EXPECT_EQ(connection_.one(said), "a");
  other_.run(add, "b");
  EXPECT_EQ(connection_.one(said), "a");
  connection_.hold_snapshot();
  EXPECT_EQ(connection_.one(said), "a") << "it is the first still";
  connection_.end_snapshot();
  EXPECT_FALSE(connection_.holds_snapshot());
  EXPECT_EQ(connection_.one(said), "a b");
  other_.run(add, "c");
  EXPECT_EQ(connection_.one(said), "a b c");
}

TEST_F(HeldSnapshot, IsOfItsFirstRead) {
  connection_.hold_snapshot();
  other_.run(add, "a");
  EXPECT_EQ(connection_.one(said), "a");
  other_.run(add, "b");
  EXPECT_EQ(connection_.one(said), "a");
}

TEST_F(HeldSnapshot, MayBeOfADatabaseWithoutTables) {
  const ScratchFile file;
  Connection empty(file.path(), {});
  Connection writer(file.path(), {});
  constexpr Query<"SELECT count(*) FROM sqlite_schema", int> tables;
  empty.hold_snapshot();
  EXPECT_EQ(empty.one(tables), 0);
  writer.execute("CREATE TABLE words(word TEXT)");
  EXPECT_EQ(empty.one(tables), 0);
}

TEST_F(HeldSnapshot, EndsWhereItsOwnConnectionWrites) {
  connection_.hold_snapshot();
  EXPECT_EQ(connection_.one(said), "");
  other_.run(add, "a");
  EXPECT_EQ(connection_.run(add, "b"), 1) << "not refused for the older state";
  EXPECT_FALSE(connection_.holds_snapshot());
  connection_.hold_snapshot();
  EXPECT_EQ(connection_.one(said), "a b");
  other_.run(add, "c");
  connection_.transaction([&] { connection_.run(add, "d"); });
  connection_.hold_snapshot();
  EXPECT_EQ(connection_.one(said), "a b c d");
  other_.run(add, "e");
  connection_.execute("INSERT INTO words VALUES ('f')");
  EXPECT_EQ(connection_.one(said), "a b c d e f");
}

TEST_F(HeldSnapshot, IsNotHeldWithinATransactionWhichIsOneStateItself) {
  connection_.transaction([&] {
    connection_.hold_snapshot();
    EXPECT_FALSE(connection_.holds_snapshot());
    connection_.run(add, "a");
  });
  EXPECT_EQ(other_.one(said), "a");
}

TEST_F(HeldSnapshot, MayEndAmidTheRowsOfAQuery) {
  connection_.execute("INSERT INTO words VALUES ('a'), ('b'), ('c')");
  constexpr Query<"SELECT word FROM words ORDER BY rowid", std::string> words;
  constexpr Query<"INSERT INTO words VALUES (?1 || ?1)"> add_twice;
  std::string seen;
  connection_.hold_snapshot();
  connection_.each(words, [&](const std::string& word) {
    seen += word;
    if (word.size() == 1) connection_.run(add_twice, word);
  });
  EXPECT_EQ(seen.substr(0, 3), "abc");
  EXPECT_EQ(other_.one(said), "a b c aa bb cc");
}

TEST_F(HeldSnapshot, IsOverWhereAFailureMadeSqliteEndIt) {
  const auto fail = [](sqlite3_context* context, int, sqlite3_value**) {
    sqlite3_result_error_code(context, SQLITE_IOERR);
  };
  sqlite3_create_function(connection_.handle(), "fail", 0, SQLITE_UTF8, nullptr, fail, nullptr,
                          nullptr);
  constexpr Query<"SELECT fail() FROM sqlite_schema", int> failing;
  connection_.hold_snapshot();
  EXPECT_EQ(connection_.one(said), "");
  EXPECT_EQ(thrown([&] { connection_.one(failing); }).kind(), StorageError::Kind::input_output);
  EXPECT_FALSE(connection_.holds_snapshot());
  other_.run(add, "a");
  connection_.hold_snapshot();
  EXPECT_EQ(connection_.one(said), "a");
}

TEST_F(HeldSnapshot, KeepsTheLogFromBeingCutUntilItEnds) {
  connection_.hold_snapshot();
  EXPECT_EQ(connection_.one(said), "");
  other_.run(add, "a");
  EXPECT_EQ(other_.one(checkpoint)->busy, 1);
  connection_.end_snapshot();
  EXPECT_EQ(other_.one(checkpoint)->busy, 0);
}

}  // namespace
}  // namespace assay::storage
