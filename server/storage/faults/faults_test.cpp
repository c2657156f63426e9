// The store and its writer on files that fail: each operation of a script in turn, in each way.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "server/storage/faults/fault_script.h"
#include "server/storage/faults/fault_vfs.h"
#include "server/storage/sql/scratch_file.h"
#include "server/storage/store.h"

namespace assay::storage {
namespace {

constexpr Query<"PRAGMA integrity_check", std::string> integrity_check;

constexpr std::uint64_t most_operations = 1'000'000;  // more than a script has

struct Damage {
  Fault::Kind kind;
  bool lasts;
  std::string_view name;
};
// How a failing test shows it.
void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }
constexpr std::array damages{
    Damage{Fault::Kind::failure, false, "a failure"},
    Damage{Fault::Kind::failure, true, "failures from then on"},
    Damage{Fault::Kind::disk_full, false, "no room"},
    Damage{Fault::Kind::disk_full, true, "no room from then on"},
    Damage{Fault::Kind::short_write, false, "half a write"},
    Damage{Fault::Kind::power_cut, false, "no power"},
};

class StorageFaults : public testing::Test {
 protected:
  StorageFaults() {
    std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    std::replace(name.begin(), name.end(), '/', '_');
    settings_.path = scratch_place().string() + "/storage_faults_" + name + ".db";
    settings_.sweep_period = std::chrono::hours(1);
  }
  ~StorageFaults() override { remove_files(); }
  void remove_files() const {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
      std::filesystem::remove(settings_.path + suffix);
    }
  }

  struct Outcome {
    std::map<std::string, History> histories;
    std::map<std::string, std::string> values;  // what was read in the end, unless the power went
    std::size_t failed_together = 0;
    bool was_hit = false;
  };

  static bool starts(Database& database) {
    try {
      database.open();
      database.start();
      return true;
    } catch (const StorageError& error) {
      EXPECT_TRUE(error.is_unavailable()) << error.what();
      return false;
    }
  }
  // The server's life under a fault.
  void live(FaultVfs& files, Outcome& outcome) const {
    Database database(settings_);
    Store store(database);
    FaultScript script(database, store, value_bytes_);
    if (!starts(database)) return;
    script.run();
    if (!files.plan().is_cut_off()) {
      files.plan().mend();
      EXPECT_TRUE(script.still_writes()) << "does not go on once the fault is over";
      outcome.values = script.values();
    }
    if (fails_at_end_) files.plan().begin(*fails_at_end_);
    database.stop();
    outcome.histories = script.histories();
    outcome.failed_together = script.failed_together();
  }
  // What is there when a server starts again on the file.
  void check(const Outcome& outcome) const {
    Database database(settings_);
    Store store(database);
    const Table table = store.table("accounts");
    database.open();
    database.start();
    EXPECT_EQ(database.one(integrity_check), "ok");
    EXPECT_FALSE(table.get("never").has_value());
    FaultScript reader(database, store, value_bytes_);
    for (const auto& [key, history] : outcome.histories) {
      const std::string found = reader.pair_of(key);
      EXPECT_TRUE(may_be(history, found))
          << key << ": " << found.substr(0, 3) << "; of " << history.sent.size() << " the first "
          << history.acknowledged << " were acknowledged";
      const auto seen = outcome.values.find(key);
      EXPECT_EQ(found, seen == outcome.values.end() ? found : seen->second) << key << " changed";
    }
    database.stop();
  }
  static bool may_be(const History& history, const std::string& found) {
    if (found.empty()) return history.acknowledged == 0;
    for (std::size_t i = 0; i < history.sent.size(); ++i) {
      if (found == history.sent[i]) return i + 1 >= history.acknowledged;
    }
    return false;
  }

  Outcome outcome_of(const Damage& damage, std::uint64_t nth) const {
    remove_files();
    FaultVfs files(nth);
    make_file();
    files.plan().begin({.kind = damage.kind, .nth = nth, .lasts = damage.lasts});
    Outcome outcome;
    live(files, outcome);
    outcome.was_hit = files.plan().has_hit();
    EXPECT_EQ(files.open_files(), 0) << "a file was left open";
    files.recover();
    check(outcome);
    return outcome;
  }
  void make_file() const {
    Database database(settings_);
    Store store(database);
    store.table("accounts");
    database.open();
  }
  // In steps: where a script has thousands of operations, some of them have to do.
  void meet_every_operation(const Damage& damage, std::uint64_t step = 1) const {
    std::uint64_t nth = 1;
    while (!HasFailure()) {
      const Outcome outcome = outcome_of(damage, nth);
      if (damage.kind == Fault::Kind::disk_full && !damage.lasts) {
        EXPECT_LE(outcome.failed_together, 1U) << "others failed with it";
      }
      if (!outcome.was_hit) break;
      nth += step;
    }
    EXPECT_FALSE(HasFailure()) << damage.name << " at operation " << nth;
    EXPECT_GT(nth, 20U) << damage.name << " was hardly met";
  }

  Settings settings_;
  std::optional<Fault> fails_at_end_;  // begins when the server is told to end
  std::size_t value_bytes_ = 700;
};

class EachStorageFault : public StorageFaults, public testing::WithParamInterface<Damage> {};

TEST_P(EachStorageFault, LoseNothingThatWasAcknowledgedAndLeaveNothingHalfThere) {
  meet_every_operation(GetParam());
}

TEST_P(EachStorageFault, LoseNothingOfWritesThatAreCommittedOneByOne) {
  settings_.group_commit = false;
  meet_every_operation(GetParam());
}

TEST_P(EachStorageFault, LoseNothingWithARollbackJournal) {
  settings_.journal = Journal::rollback;
  meet_every_operation(GetParam());
}

TEST_P(EachStorageFault, LoseNothingWhereOneThreadDoesAll) {
  settings_.policy = Policy::single;
  meet_every_operation(GetParam());
}

TEST_P(EachStorageFault, LoseNothingWhereEachRequestOpensItsConnection) {
  settings_.policy = Policy::per_request;
  meet_every_operation(GetParam(), 2);
}

TEST_P(EachStorageFault, LoseNothingWhereConnectionsArePooled) {
  settings_.policy = Policy::pool;
  meet_every_operation(GetParam(), 2);
}

// When the last connection closes, SQLite copies the log into the database and removes it.
TEST_F(StorageFaults, LoseNothingWhenTheyComeAtTheEnd) {
  for (const Damage& damage : damages) {
    for (std::uint64_t nth = 1; nth < 60 && !HasFailure(); ++nth) {
      fails_at_end_ = Fault{.kind = damage.kind, .nth = nth, .lasts = damage.lasts};
      outcome_of({Fault::Kind::failure, false, "none"}, most_operations);
      EXPECT_FALSE(HasFailure()) << damage.name << " at operation " << nth << " of the end";
    }
  }
}

// Eleven pairs of half a megabyte: more than the writer lets the log grow before it copies it.
TEST_F(StorageFaults, LoseNothingWhileTheLogIsCopied) {
  value_bytes_ = 250'000;
  meet_every_operation({Fault::Kind::failure, false, "a failure"}, 601);
  meet_every_operation({Fault::Kind::disk_full, true, "no room from then on"}, 197);
  meet_every_operation({Fault::Kind::power_cut, false, "no power"}, 197);
}

TEST_F(StorageFaults, LoseNothingHoweverMuchRoomThereIs) {
  for (std::int64_t room = 0; room < 200'000 && !HasFailure(); room += 4'096) {
    remove_files();
    FaultVfs files;
    make_file();
    files.plan().begin_with_room(room);
    Outcome outcome;
    live(files, outcome);
    files.recover();
    check(outcome);
    EXPECT_FALSE(HasFailure()) << room << " bytes of room";
  }
}

std::string name_of(const testing::TestParamInfo<Damage>& damage) {
  std::string name(damage.param.name);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Damages, EachStorageFault, testing::ValuesIn(damages), name_of);

}  // namespace
}  // namespace assay::storage
