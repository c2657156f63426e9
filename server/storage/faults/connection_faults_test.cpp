// A connection on files that fail: each operation of a script in turn, in each way.
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/faults/fault_vfs.h"
#include "server/storage/sql/connection.h"
#include "server/storage/sql/scratch_file.h"

namespace assay::storage {
namespace {

constexpr Query<"INSERT INTO accounts(name, part) VALUES (?1, 'first')"> add_first;
constexpr Query<"INSERT INTO accounts(name, part) VALUES (?1, 'second')"> add_second;
constexpr Query<"SELECT count(*) FROM accounts WHERE name = ?1", std::int64_t> parts_of;
constexpr Query<"PRAGMA integrity_check", std::string> integrity_check;

constexpr int transactions = 6;
constexpr std::uint64_t most_operations = 2'000;  // more than the script has, so that it ends

struct Damage {
  Fault::Kind kind;
  bool lasts;
  std::string_view name;
};
constexpr std::array damages{
    Damage{Fault::Kind::failure, false, "a failure"},
    Damage{Fault::Kind::failure, true, "failures from then on"},
    Damage{Fault::Kind::disk_full, false, "no room"},
    Damage{Fault::Kind::disk_full, true, "no room from then on"},
    Damage{Fault::Kind::short_write, false, "half a write"},
    Damage{Fault::Kind::power_cut, false, "no power"},
};

class ConnectionFaults : public testing::TestWithParam<Journal> {
 protected:
  ConnectionFaults() { settings_.journal = GetParam(); }
  ~ConnectionFaults() override { remove_files(); }
  void remove_files() const {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
      std::filesystem::remove(path_ + suffix);
    }
  }
  static std::string name(int number) { return "account " + std::to_string(number); }

  // Whether it was acknowledged. Half of it is undone by itself, and then done again.
  static bool add(Connection& connection, int number) {
    try {
      connection.transaction([&] {
        connection.run(add_first, name(number));
        try {
          connection.transaction([&] {
            connection.run(add_second, "nobody");
            throw std::string("undo this");
          });
        } catch (const std::string&) {
        }
        connection.run(add_second, name(number));
      });
      return true;
    } catch (const StorageError& error) {
      EXPECT_TRUE(error.is_unavailable()) << error.what();
      EXPECT_FALSE(connection.in_transaction()) << error.what();
      return false;
    }
  }
  // The script under a fault; gives what was acknowledged.
  std::vector<bool> run(FaultVfs& files) const {
    std::vector<bool> acknowledged(transactions + 1, false);
    try {
      Connection connection(path_, settings_);
      for (int i = 0; i < transactions; ++i) acknowledged[i] = add(connection, i);
      if (files.plan().is_cut_off()) return acknowledged;
      files.plan().mend();
      acknowledged[transactions] = add(connection, transactions);
      EXPECT_TRUE(acknowledged[transactions]) << "does not go on once the fault is over";
    } catch (const StorageError& error) {  // it cannot even be opened
      EXPECT_TRUE(error.is_unavailable()) << error.what();
    }
    return acknowledged;
  }
  void check(const std::vector<bool>& acknowledged) const {
    Connection connection(path_, settings_);
    EXPECT_EQ(connection.one(integrity_check), "ok");
    EXPECT_EQ(connection.one(parts_of, "nobody"), 0);
    for (int i = 0; i <= transactions; ++i) {
      const std::int64_t parts = connection.one(parts_of, name(i)).value();
      EXPECT_TRUE(parts == 2 || (parts == 0 && !acknowledged[i])) << i << " has " << parts;
    }
  }
  // Whether the fault was met at all.
  bool survives(const Damage& damage, std::uint64_t nth) const {
    remove_files();
    FaultVfs files(nth);
    {
      Connection connection(path_, settings_);
      connection.execute("CREATE TABLE accounts(name TEXT, part TEXT)");
    }
    files.plan().begin({.kind = damage.kind, .nth = nth, .lasts = damage.lasts});
    const std::vector<bool> acknowledged = run(files);
    const bool was_hit = files.plan().has_hit();
    EXPECT_EQ(files.open_files(), 0) << "a file was left open";
    files.recover();
    check(acknowledged);
    return was_hit;
  }

  Settings settings_;
  const std::string path_ = scratch_place().string() + "/connection_faults_" +
                            std::to_string(static_cast<int>(GetParam())) + ".db";
};

TEST_P(ConnectionFaults, LoseNothingThatWasAcknowledgedAndLeaveNothingHalfThere) {
  for (const Damage& damage : damages) {
    std::uint64_t nth = 1;
    while (survives(damage, nth) && !HasFailure()) ++nth;
    EXPECT_FALSE(HasFailure()) << damage.name << " at operation " << nth;
    EXPECT_GT(nth, 10U) << damage.name << " was hardly met";
    EXPECT_LT(nth, most_operations) << damage.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Journals, ConnectionFaults,
                         testing::Values(Journal::wal, Journal::rollback), [](const auto& given) {
                           return given.param == Journal::wal ? "wal" : "rollback";
                         });

}  // namespace
}  // namespace assay::storage
