#include "server/storage/sql/scratch_file.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "server/storage/sql/connection.h"

namespace assay::storage {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const std::string& path) { return fs::path(path).parent_path(); }

// A child process that runs `act` and ends, without what this program would do at its end.
template <class Act>
pid_t child(Act act) {
  const pid_t id = fork();
  if (id == 0) {
    act();
    _exit(0);
  }
  return id;
}

int end_of(pid_t id) {
  int status = 0;
  waitpid(id, &status, 0);
  return status;
}

bool was_killed(pid_t id) {
  const int status = end_of(id);
  return WIFSIGNALED(status);  // on macOS it wants the variable
}

TEST(ScratchFile, IsADatabaseThatSeveralConnectionsShare) {
  const ScratchFile file;
  Connection writer(file.path(), {});
  Connection reader(file.path(), {});
  writer.execute("CREATE TABLE words(word TEXT); INSERT INTO words VALUES ('a')");
  constexpr Query<"SELECT word FROM words", std::string> words;
  EXPECT_EQ(reader.one(words), "a");
}

TEST(ScratchFile, IsAnotherEachTimeThatOnlyItsUserReads) {
  const ScratchFile first;
  const ScratchFile second;
  EXPECT_NE(first.path(), second.path());
  EXPECT_EQ(fs::status(folder_of(first.path())).permissions(), fs::perms::owner_all);
}

TEST(ScratchFile, IsGoneAtItsEndWithAllBesideIt) {
  std::string path;
  {
    const ScratchFile file;
    path = file.path();
    Connection connection(path, {});
    connection.execute("CREATE TABLE words(word TEXT)");
    EXPECT_TRUE(fs::exists(path + "-wal"));
    EXPECT_TRUE(fs::exists(path + "-shm"));
    fs::create_directories(folder_of(path) / "away" / "far");
    std::ofstream(folder_of(path) / "away" / "far" / "copy") << "of it";
  }
  EXPECT_FALSE(fs::exists(folder_of(path)));
}

TEST(ScratchFile, RemovesNothingThatALinkOfItsNameLeadsTo) {
  const fs::path elsewhere = testing::TempDir() + "ScratchFile." + std::to_string(getpid());
  fs::create_directories(elsewhere);
  std::ofstream(elsewhere / "kept") << "theirs";
  const fs::path link = scratch_place() / ("assay-scratch-link" + std::to_string(getpid()));
  fs::create_directory_symlink(elsewhere, link);
  {
    const ScratchFile next;
  }
  EXPECT_TRUE(fs::exists(elsewhere / "kept"));
  EXPECT_FALSE(fs::exists(elsewhere / "lock"));
  fs::remove(link);
  fs::remove_all(elsewhere);
}

TEST(ScratchFile, StaysWhereAForkedChildLetsGoOfIt) {
  std::optional<ScratchFile> file(std::in_place);
  const std::string path = file->path();
  EXPECT_EQ(end_of(child([&] { file.reset(); })), 0);
  EXPECT_TRUE(fs::exists(folder_of(path)));
  file.reset();
  EXPECT_FALSE(fs::exists(folder_of(path)));
}

// Its path is told through a pipe; then it waits to be killed.
struct Holder {
  pid_t id = -1;
  std::string path;
};
Holder hold_in_another_process() {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  Holder holder;
  holder.id = child([&ends] {
    const ScratchFile file;
    const std::string path = file.path();
    std::ofstream(path) << "left";
    static_cast<void>(!write(ends[1], path.data(), path.size()));
    close(ends[1]);
    for (;;) pause();
  });
  close(ends[1]);
  char byte = 0;
  while (read(ends[0], &byte, 1) == 1) holder.path += byte;
  close(ends[0]);
  return holder;
}

TEST(ScratchFile, OfAnotherLivingProcessStaysAndOfAKilledOneIsRemovedByTheNext) {
  const Holder holder = hold_in_another_process();
  EXPECT_TRUE(fs::exists(holder.path));
  {
    const ScratchFile next;
  }
  EXPECT_TRUE(fs::exists(holder.path)) << "its process lives";
  kill(holder.id, SIGKILL);
  EXPECT_TRUE(was_killed(holder.id));
  {
    const ScratchFile next;
  }
  EXPECT_FALSE(fs::exists(folder_of(holder.path)));
}

TEST(ScratchFile, StaysWhileAChildOfAKilledProcessUsesIt) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  int gate[2];
  ASSERT_EQ(pipe(gate), 0);
  // The first child makes the file, and dies; its own child goes on until the gate is closed.
  const pid_t first = child([&] {
    const ScratchFile file;
    const std::string path = file.path();
    child([&] {
      close(gate[1]);
      close(ends[1]);
      char byte = 0;
      static_cast<void>(!read(gate[0], &byte, 1));
    });
    static_cast<void>(!write(ends[1], path.data(), path.size()));
    raise(SIGKILL);
  });
  close(ends[1]);
  std::string path;
  char byte = 0;
  while (read(ends[0], &byte, 1) == 1) path += byte;
  EXPECT_TRUE(was_killed(first));
  {
    const ScratchFile next;
  }
  EXPECT_TRUE(fs::exists(folder_of(path))) << "the second process lives";
  for (const int end : {gate[0], gate[1], ends[0]}) close(end);
  // It ends at its own time, and nobody is told.
  while (fs::exists(folder_of(path))) const ScratchFile next;
}

TEST(ScratchFile, IsMadeByManyProcessesAtOnceThatRemoveNoneOfEachOther) {
  int gate[2];
  ASSERT_EQ(pipe(gate), 0);
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    children.push_back(child([&gate] {
      close(gate[1]);
      char byte = 0;
      static_cast<void>(!read(gate[0], &byte, 1));
      for (int round = 0; round < 300; ++round) {
        const ScratchFile file;
        std::ofstream(file.path()) << "here";
        if (!fs::exists(file.path())) _exit(1);
      }
    }));
  }
  close(gate[0]);
  close(gate[1]);
  for (const pid_t id : children) EXPECT_EQ(end_of(id), 0);
}

}  // namespace
}  // namespace assay::storage
