// That the faults are what they are called: SQLite alone, before anything of ours is judged by
// them.
#include "server/storage/faults/fault_vfs.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/storage/sql/scratch_file.h"

namespace assay::storage {
namespace {

class FaultVfsTest : public testing::Test {
 protected:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
  };
  using Connection = std::unique_ptr<sqlite3, Close>;

  ~FaultVfsTest() override { remove_files(); }
  void remove_files() const {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
      std::filesystem::remove(path_ + suffix);
    }
  }

  static int run(const Connection& connection, const std::string& sql) {
    return sqlite3_exec(connection.get(), sql.c_str(), nullptr, nullptr, nullptr);
  }
  static std::string value(const Connection& connection, const std::string& sql) {
    std::string found;
    const auto take = [](void* to, int /*columns*/, char** values, char** /*names*/) {
      *static_cast<std::string*>(to) = values[0] == nullptr ? "NULL" : values[0];
      return 0;
    };
    const int code = sqlite3_exec(connection.get(), sql.c_str(), take, &found, nullptr);
    return code == SQLITE_OK ? found : sqlite3_errstr(code);
  }
  Connection open(const std::string& pragmas) const {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open(path_.c_str(), &opened);
    Connection connection(opened);
    EXPECT_EQ(code, SQLITE_OK);
    EXPECT_EQ(run(connection, pragmas), SQLITE_OK);
    return connection;
  }
  static bool add(const Connection& connection) {
    return run(connection, "INSERT INTO notes VALUES (hex(randomblob(600)))") == SQLITE_OK;
  }
  // Adds notes until the power goes at the `nth` change of a file; gives how many were committed
  // and how many there are when it is back.
  struct Kept {
    int acknowledged = 0;
    int there = 0;
    std::string check;
  };
  Kept kept_after_cut(const std::string& pragmas, std::uint64_t nth) const {
    remove_files();
    FaultVfs files(nth);
    Kept kept;
    {
      const Connection connection = open(pragmas +
                                         "; CREATE TABLE notes(text); "
                                         "PRAGMA wal_autocheckpoint = 4");
      files.plan().begin({.kind = Fault::Kind::power_cut, .nth = nth});
      while (kept.acknowledged < 100 && add(connection)) ++kept.acknowledged;
    }
    files.recover();
    const Connection connection = open("");
    kept.there = std::stoi("0" + value(connection, "SELECT count(*) FROM notes"));
    kept.check = value(connection, "PRAGMA integrity_check");
    return kept;
  }

  const std::string path_ = scratch_place().string() + "/fault_vfs_" +
                            testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(FaultVfsTest, FailsTheOperationThatWasChosenAndNoOther) {
  FaultVfs files;
  const Connection connection = open("PRAGMA journal_mode = WAL; CREATE TABLE notes(text)");
  files.plan().begin({.nth = 2, .only = FileOperation::sync});
  EXPECT_TRUE(add(connection));
  EXPECT_FALSE(files.plan().has_hit());
  EXPECT_EQ(run(connection, "INSERT INTO notes VALUES ('lost')"), SQLITE_IOERR);
  EXPECT_EQ(sqlite3_extended_errcode(connection.get()), SQLITE_IOERR_FSYNC);
  EXPECT_TRUE(files.plan().has_hit());
  EXPECT_TRUE(add(connection));
  EXPECT_EQ(value(connection, "SELECT count(*) FROM notes"), "2");
}

TEST_F(FaultVfsTest, HasAnErrorForEachKindOfOperation) {
  struct Row {
    FileOperation operation;
    int code;
  };
  const std::array rows{
      Row{FileOperation::open, SQLITE_CANTOPEN}, Row{FileOperation::write, SQLITE_IOERR},
      Row{FileOperation::sync, SQLITE_IOERR},    Row{FileOperation::lock, SQLITE_IOERR},
      Row{FileOperation::remove, SQLITE_IOERR},  Row{FileOperation::access, SQLITE_IOERR},
      Row{FileOperation::size, SQLITE_IOERR}};
  for (const Row& row : rows) {
    FaultVfs files;
    remove_files();
    const Connection connection = open("PRAGMA journal_mode = DELETE; CREATE TABLE notes(text)");
    files.plan().begin({.only = row.operation});
    const int operation = static_cast<int>(row.operation);
    EXPECT_EQ(run(connection, "INSERT INTO notes VALUES ('lost')"), row.code) << operation;
    files.plan().mend();
    EXPECT_TRUE(add(connection)) << operation;
  }
}

TEST_F(FaultVfsTest, IsFullOnceTheFilesHaveGrownSoMuch) {
  FaultVfs files;
  const Connection connection = open("PRAGMA journal_mode = WAL; CREATE TABLE notes(text)");
  files.plan().begin_with_room(50'000);
  int code = SQLITE_OK;
  int added = 0;
  for (; code == SQLITE_OK && added < 1'000; ++added) {
    code = run(connection, "INSERT INTO notes VALUES (hex(randomblob(600)))");
  }
  EXPECT_EQ(code, SQLITE_FULL);
  EXPECT_TRUE(files.plan().has_hit());
  files.plan().mend();
  EXPECT_TRUE(add(connection));
  EXPECT_EQ(value(connection, "SELECT count(*) FROM notes"), std::to_string(added));
}

TEST_F(FaultVfsTest, LosesNothingThatSqliteSyncedWhenThePowerGoes) {
  for (const std::string journal : {"WAL", "TRUNCATE"}) {
    const std::string pragmas = "PRAGMA journal_mode = " + journal + "; PRAGMA synchronous = FULL";
    for (std::uint64_t nth = 1; nth <= 60; ++nth) {
      const Kept kept = kept_after_cut(pragmas, nth);
      EXPECT_LT(kept.acknowledged, 100) << "the power never went";
      EXPECT_GE(kept.there, kept.acknowledged) << journal << ", change " << nth;
      EXPECT_LE(kept.there, kept.acknowledged + 1) << journal << ", change " << nth;
      EXPECT_EQ(kept.check, "ok") << journal << ", change " << nth;
    }
  }
}

// Else the test above would prove nothing.
TEST_F(FaultVfsTest, LosesWhatSqliteWasToldNotToSync) {
  int lost = 0;
  int damaged = 0;
  for (std::uint64_t nth = 1; nth <= 60; ++nth) {
    const Kept kept = kept_after_cut("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF", nth);
    lost += kept.there < kept.acknowledged ? 1 : 0;
    damaged += kept.check == "ok" ? 0 : 1;
  }
  EXPECT_GT(lost, 0);
  EXPECT_GT(damaged, 0);
}

}  // namespace
}  // namespace assay::storage
