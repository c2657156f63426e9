#include "server/storage/sql/storage_error.h"

#include <sqlite3.h>

#include <cerrno>

#include <gtest/gtest.h>

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;

TEST(StorageError, SortsWhatSqliteSaysByWhatCanBeDone) {
  struct Case {
    int code;
    Kind kind;
  };
  for (const auto& [code, kind] : {
           Case{SQLITE_BUSY, Kind::busy},
           Case{SQLITE_BUSY_SNAPSHOT, Kind::busy},
           Case{SQLITE_LOCKED, Kind::busy},
           Case{SQLITE_PROTOCOL, Kind::busy},
           Case{SQLITE_FULL, Kind::disk_full},
           Case{SQLITE_READONLY, Kind::read_only},
           Case{SQLITE_READONLY_DBMOVED, Kind::read_only},
           Case{SQLITE_CORRUPT, Kind::corrupt},
           Case{SQLITE_CORRUPT_INDEX, Kind::corrupt},
           Case{SQLITE_NOTADB, Kind::corrupt},
           Case{SQLITE_CANTOPEN, Kind::cannot_open},
           Case{SQLITE_CANTOPEN_ISDIR, Kind::cannot_open},
           Case{SQLITE_PERM, Kind::cannot_open},
           Case{SQLITE_IOERR_FSYNC, Kind::input_output},
           Case{SQLITE_NOMEM, Kind::input_output},
           Case{SQLITE_CONSTRAINT_UNIQUE, Kind::constraint},
           Case{SQLITE_MISMATCH, Kind::constraint},
           Case{SQLITE_TOOBIG, Kind::constraint},
           Case{SQLITE_ERROR, Kind::misuse},
           Case{SQLITE_RANGE, Kind::misuse},
           Case{SQLITE_AUTH, Kind::misuse},
       }) {
    EXPECT_EQ(StorageError::of(code, nullptr, "SELECT 1").kind(), kind) << code;
  }
}

TEST(StorageError, SaysWhatHappenedWhatToDoAndWhere) {
  EXPECT_STREQ(StorageError::of(SQLITE_FULL, nullptr, "INSERT INTO users\n  VALUES (?1)").what(),
               "there is no room left where the database lies: make some, and try again "
               "(SQLite: database or disk is full, 13; in: INSERT INTO users VALUES (?1))");
  EXPECT_STREQ(StorageError::of(SQLITE_NOTADB, nullptr, "SELECT 1").what(),
               "the file is no SQLite database: name another, or move it away "
               "(SQLite: file is not a database, 26; in: SELECT 1)");
  EXPECT_STREQ(StorageError::cannot_open("/none/a.db", SQLITE_CANTOPEN, ENOENT).what(),
               "cannot open the database /none/a.db: No such file or directory; the folder has to "
               "exist, and this user to be allowed to write there");
  EXPECT_STREQ(
      StorageError::newer_schema("/a.db", "users", 4, 2).what(),
      "the database /a.db is newer than this program: its \"users\" has version 4, and we know up "
      "to 2; run the newer program, or name another file");
  EXPECT_STREQ(StorageError::queue_full(10'000).what(),
               "10000 writes wait already: try again later");
}

TEST(StorageError, CutsALongStatement) {
  const std::string long_statement = "SELECT " + std::string(200, 'x');
  const std::string text = StorageError::of(SQLITE_ERROR, nullptr, long_statement).what();
  EXPECT_NE(text.find("in: SELECT " + std::string(113, 'x') + "...)"), std::string::npos) << text;
}

TEST(StorageError, NamesACauseOfTheSystemOnlyWhereThereIsOne) {
  const StorageError error = StorageError::cannot_open("a.db", SQLITE_NOMEM, 0);
  EXPECT_NE(std::string(error.what()).find("out of memory"), std::string::npos) << error.what();
}

TEST(StorageError, TakesAFolderThatIsFullForAFullDisk) {
  EXPECT_EQ(StorageError::cannot_open("a.db", SQLITE_CANTOPEN, ENOSPC).kind(), Kind::disk_full);
}

TEST(StorageError, TellsWhatPassesAndWhatIsABug) {
  struct Case {
    StorageError error;
    bool is_unavailable;
    bool passes;
  };
  for (const Case& c : {
           Case{StorageError::of(SQLITE_BUSY, nullptr, ""), true, true},
           Case{StorageError::queue_full(1), true, true},
           Case{StorageError::no_connection_free(8), true, true},
           Case{StorageError::closing(), true, true},
           Case{StorageError::of(SQLITE_FULL, nullptr, ""), true, false},
           Case{StorageError::of(SQLITE_READONLY, nullptr, ""), true, false},
           Case{StorageError::of(SQLITE_CORRUPT, nullptr, ""), true, false},
           Case{StorageError::of(SQLITE_IOERR, nullptr, ""), true, false},
           Case{StorageError::cannot_open("", SQLITE_CANTOPEN, 0), true, false},
           Case{StorageError::no_write_ahead_log(""), true, false},
           Case{StorageError::newer_schema("", "", 2, 1), true, false},
           Case{StorageError::of(SQLITE_CONSTRAINT, nullptr, ""), false, false},
           Case{StorageError::misuse("wrong"), false, false},
       }) {
    EXPECT_EQ(c.error.is_unavailable(), c.is_unavailable) << c.error.what();
    EXPECT_EQ(c.error.passes(), c.passes) << c.error.what();
  }
}

}  // namespace
}  // namespace assay::storage
