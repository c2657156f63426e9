// Transactions of a connection, and transactions in them.
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "server/storage/sql/connection.h"
#include "server/storage/sql/scratch_file.h"
#include "server/storage/sql/thrown.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;

constexpr Query<"INSERT INTO words VALUES (?1)"> add;
constexpr Query<
    "SELECT coalesce(group_concat(word, ' '), '') FROM (SELECT word FROM words "
    "ORDER BY rowid)",
    std::string>
    said;

struct Refused {};

class SqlTransaction : public testing::Test {
 protected:
  SqlTransaction() { connection_.execute("CREATE TABLE words(word TEXT UNIQUE) STRICT"); }

  // What another connection sees: what was committed.
  std::string committed() { return other_.one(said).value(); }
  // Until there is no room for another page.
  void fill() {
    connection_.execute("PRAGMA max_page_count = 1");
    for (int i = 0;; ++i) connection_.run(add, std::string(3000, 'x') + std::to_string(i));
  }

 private:
  ScratchFile file_;

 protected:
  Connection connection_{file_.path(), {}};
  Connection other_{file_.path(), {}};
};

TEST_F(SqlTransaction, KeepsAllThatItsActDoesAndGivesWhatItReturns) {
  const int result = connection_.transaction([&] {
    connection_.run(add, "a");
    connection_.run(add, "b");
    EXPECT_EQ(committed(), "");
    return 7;
  });
  EXPECT_EQ(result, 7);
  EXPECT_EQ(committed(), "a b");
}

TEST_F(SqlTransaction, UndoesAllWhereItsActThrows) {
  EXPECT_THROW(connection_.transaction([&] {
    connection_.run(add, "a");
    throw Refused();
  }),
               Refused);
  EXPECT_FALSE(connection_.in_transaction());
  EXPECT_EQ(connection_.one(said), "");
  connection_.transaction([&] { connection_.run(add, "b"); });
  EXPECT_EQ(committed(), "b");
}

TEST_F(SqlTransaction, UndoesAnInnerOneAloneWhereTheOuterOneCatches) {
  connection_.transaction([&] {
    connection_.run(add, "a");
    EXPECT_THROW(connection_.transaction([&] {
      connection_.run(add, "b");
      connection_.transaction([&] { connection_.run(add, "c"); });
      throw Refused();
    }),
                 Refused);
    connection_.transaction([&] { connection_.run(add, "d"); });
    connection_.run(add, "e");
  });
  EXPECT_EQ(committed(), "a d e");
}

TEST_F(SqlTransaction, UndoesWhatAnInnerOneKeptWhereTheOuterOneThrows) {
  EXPECT_THROW(connection_.transaction([&] {
    connection_.transaction([&] { connection_.run(add, "a"); });
    throw Refused();
  }),
               Refused);
  EXPECT_EQ(committed(), "");
}

TEST_F(SqlTransaction, GoesOnAfterAStatementThatBrokeARule) {
  connection_.transaction([&] {
    connection_.run(add, "a");
    EXPECT_EQ(thrown([&] { connection_.run(add, "a"); }).kind(), Kind::constraint);
    connection_.run(add, "b");
  });
  EXPECT_EQ(committed(), "a b");
}

TEST_F(SqlTransaction, ThrowsAgainWhatMadeSqliteUndoIt) {
  const StorageError error = thrown([&] {
    connection_.transaction([&] {
      connection_.run(add, "a");
      EXPECT_EQ(thrown([&] { fill(); }).kind(), Kind::disk_full);
      EXPECT_FALSE(connection_.in_transaction());
      // Alone they would be committed, without "a".
      EXPECT_EQ(thrown([&] { connection_.run(add, "b"); }).kind(), Kind::disk_full);
      EXPECT_EQ(thrown([&] { connection_.execute("DELETE FROM words"); }).kind(), Kind::disk_full);
      EXPECT_EQ(thrown([&] { connection_.transaction([] {}); }).kind(), Kind::disk_full);
      EXPECT_EQ(thrown([&] { connection_.hold_snapshot(); }).kind(), Kind::disk_full);
    });
  });
  EXPECT_EQ(error.kind(), Kind::disk_full);
  EXPECT_EQ(committed(), "");
  connection_.transaction([&] { connection_.run(add, "c"); });
  EXPECT_EQ(committed(), "c");
}

TEST_F(SqlTransaction, ThrowsWhatUndidItFromAnInnerOne) {
  EXPECT_EQ(thrown([&] {
              connection_.transaction([&] {
                connection_.run(add, "a");
                connection_.transaction([&] { fill(); });
              });
            }).kind(),
            Kind::disk_full);
  EXPECT_EQ(committed(), "");
  EXPECT_EQ(connection_.run(add, "b"), 1);
}

TEST_F(SqlTransaction, MayBeBegunAndEndedByHand) {
  connection_.begin_to_write();
  EXPECT_TRUE(connection_.in_transaction());
  connection_.run(add, "a");
  connection_.commit();
  EXPECT_FALSE(connection_.in_transaction());
  connection_.begin_to_write();
  connection_.run(add, "b");
  connection_.roll_back();
  connection_.roll_back();
  EXPECT_EQ(committed(), "a");
  connection_.begin_to_write();
  EXPECT_EQ(thrown([&] { fill(); }).kind(), Kind::disk_full);
  EXPECT_EQ(thrown([&] { connection_.commit(); }).kind(), Kind::disk_full);
  EXPECT_EQ(connection_.run(add, "c"), 1) << "commit has told it, and is done";
}

TEST_F(SqlTransaction, IsOverWhereItsCommitFails) {
  connection_.execute(
      "CREATE TABLE notes(word TEXT REFERENCES words(word) DEFERRABLE INITIALLY DEFERRED)");
  constexpr Query<"INSERT INTO notes VALUES (?1)"> add_note;
  EXPECT_EQ(thrown([&] {
              connection_.transaction([&] {
                connection_.run(add, "a");
                connection_.run(add_note, "unknown");
              });
            }).kind(),
            Kind::constraint);
  EXPECT_FALSE(connection_.in_transaction());
  EXPECT_EQ(committed(), "");
}

TEST_F(SqlTransaction, KeepsOtherWritersOutFromItsBeginning) {
  Settings settings;
  settings.busy_limit = std::chrono::milliseconds(1);
  const ScratchFile file;
  Connection first(file.path(), settings);
  Connection second(file.path(), settings);
  first.transaction([&] {
    EXPECT_EQ(thrown([&] { second.transaction([] {}); }).kind(), Kind::busy);
    EXPECT_FALSE(second.in_transaction());
  });
  second.transaction([] {});
}

}  // namespace
}  // namespace assay::storage
