// A writer on a file of its own with one table, for tests.
#pragma once
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/storage/sql/connection.h"
#include "server/storage/sql/thrown.h"
#include "server/storage/writing/gate.h"
#include "server/storage/writing/writer.h"

namespace assay::storage {

inline constexpr Query<"INSERT INTO notes(text) VALUES (?1)"> add_note;
inline constexpr Query<"SELECT text FROM notes ORDER BY id", std::string> all_notes;

// No batch takes in what comes while it is done, so that tests know what is in it.
inline Settings exact_batches() {
  Settings settings;
  settings.batch_time = std::chrono::microseconds(0);
  settings.synchronous = Synchronous::off;
  return settings;
}

// Of this process alone: several may run the same tests.
inline std::string file_of_this_test() {
  const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
  std::string name = std::string(test.test_suite_name()) + "." + test.name() + "." +
                     std::to_string(getpid()) + ".db";
  std::replace(name.begin(), name.end(), '/', '_');
  return testing::TempDir() + name;
}

class NotesWriter {
 public:
  explicit NotesWriter(Settings settings = exact_batches()) : settings_(std::move(settings)) {
    remove_files();
    reader().execute(
        "CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT");
    writer.start();
  }
  ~NotesWriter() {
    writer.stop();
    remove_files();
  }
  NotesWriter(const NotesWriter&) = delete;
  NotesWriter& operator=(const NotesWriter&) = delete;

  auto add(std::string text) {
    return writer.submit(
        [text = std::move(text)](Connection& to) { return to.run(add_note, text); },
        Writer::Steps::one);
  }
  // The writer is held in it until the gate opens.
  auto hold_at(Gate& gate) {
    auto held = writer.submit([&gate](Connection&) { gate.pass(); });
    gate.wait_until_reached();
    return held;
  }

  Connection reader() const { return Connection(path_, settings_); }
  std::vector<std::string> notes() const { return reader().all(all_notes); }
  const std::string& path() const { return path_; }

 private:
  void remove_files() {
    for (const char* end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path_ + end);
  }

  Settings settings_;
  std::string path_ = file_of_this_test();

 public:
  CommitCount commits;
  WriterCounts counts;
  BusyCounts busy;
  Writer writer{path_, settings_, commits, counts, &busy};
};

}  // namespace assay::storage
