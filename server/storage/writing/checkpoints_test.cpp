#include "server/storage/writing/checkpoints.h"

#include <filesystem>
#include <thread>

#include "server/storage/writing/notes_writer.h"

namespace assay::storage {
namespace {

constexpr std::uintmax_t mebibyte = 1 << 20;

// The writer copies what it is told to write into the log; tests see its length from outside.
class Checkpoint : public testing::Test {
 protected:
  std::uintmax_t log_bytes() const { return std::filesystem::file_size(notes_.path() + "-wal"); }
  std::uintmax_t file_bytes() const { return std::filesystem::file_size(notes_.path()); }
  void write_a_mebibyte() {
    notes_.writer
        .submit([](Connection& to) {
          to.execute("INSERT OR REPLACE INTO notes VALUES (1, hex(randomblob(524288)))");
        })
        .get();
  }

  NotesWriter notes_;
};

TEST_F(Checkpoint, KeepsTheLogShortUnderSteadyWrites) {
  for (int i = 0; i < 40; ++i) write_a_mebibyte();
  EXPECT_LT(log_bytes(), 8 * mebibyte);
}

TEST_F(Checkpoint, IsMadeWhenNothingIsToBeDone) {
  write_a_mebibyte();
  while (file_bytes() < mebibyte) std::this_thread::yield();
  EXPECT_LT(log_bytes(), 4 * mebibyte);  // from where it would not have waited for that
}

TEST_F(Checkpoint, CutsALogThatAReaderOfAnOldStateHadMadeLong) {
  Connection reader = notes_.reader();
  reader.hold_snapshot();
  reader.all(all_notes);                            // a state is held from the first read on
  for (int i = 0; i < 40; ++i) write_a_mebibyte();  // twice, as there is an index
  ASSERT_GT(log_bytes(), 64 * mebibyte);
  reader.end_snapshot();
  for (int i = 0; i < 8; ++i) write_a_mebibyte();
  EXPECT_LT(log_bytes(), 16 * mebibyte);
}

}  // namespace
}  // namespace assay::storage
