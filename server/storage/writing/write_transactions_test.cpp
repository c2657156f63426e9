// What the writer does about a file that fails under it, and works again.
#include "server/storage/writing/write_transactions.h"

#include <fstream>

#include "server/storage/writing/notes_writer.h"

namespace assay::storage {
namespace {

using Kind = StorageError::Kind;

std::string first_page(const std::string& path) {
  std::string page(4096, '\0');
  std::ifstream(path, std::ios::binary).read(page.data(), 4096);
  return page;
}
void write_first_page(const std::string& path, const std::string& page) {
  std::fstream(path, std::ios::binary | std::ios::in | std::ios::out).write(page.data(), 4096);
}

Settings with_rollback_journal() {  // where each transaction looks at the file's first page
  Settings settings = exact_batches();
  settings.journal = Journal::rollback;
  return settings;
}

TEST(WriteTransactions, FailWhileTheFileIsDamagedAndGoOnWhenItIsMended) {
  NotesWriter notes(with_rollback_journal());
  notes.add("before").get();
  const std::string good = first_page(notes.path());
  write_first_page(notes.path(), std::string(4096, 'x'));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(thrown([&] { notes.add("damaged").get(); }).kind(), Kind::corrupt);
  }
  write_first_page(notes.path(), good);
  EXPECT_EQ(notes.add("after").get(), 1);
  EXPECT_EQ(notes.notes(), (std::vector<std::string>{"before", "after"}));
}

TEST(WriteTransactions, MakeNoNewDatabaseWhereTheOldOneIsGone) {
  NotesWriter notes(with_rollback_journal());
  notes.add("before").get();
  const std::string aside = notes.path() + ".aside";
  std::filesystem::rename(notes.path(), aside);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(thrown([&] { notes.add("gone").get(); }).is_unavailable());
  }
  EXPECT_FALSE(std::filesystem::exists(notes.path()));
  std::filesystem::rename(aside, notes.path());
  EXPECT_EQ(notes.add("after").get(), 1);
  EXPECT_EQ(notes.notes(), (std::vector<std::string>{"before", "after"}));
}

}  // namespace
}  // namespace assay::storage
