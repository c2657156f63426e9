#include "server/forms/upload.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "server/forms/temporary_folder.h"

namespace assay::forms {
namespace {

// While it lives, no file may have more bytes: a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : before_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit full{bytes, limit_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &limit_);
    ::signal(SIGXFSZ, before_);
  }

 private:
  rlimit limit_{};
  void (*before_)(int);
};

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string filename_of(std::string_view sent) { return Upload(sent, "", "").filename(); }

// The second of two files in a spool.
Upload spooled(const std::string& directory, std::string_view content) {
  auto spool = SpoolFile::open(directory);
  EXPECT_TRUE(spool && spool->append("another") && spool->append(content));
  return {"x.txt", "text/plain", spool, 7, content.size()};
}

TEST(Upload, HasTheLastPartOfWhatThePeerCallsIt) {
  EXPECT_EQ(filename_of("x.txt"), "x.txt");
  EXPECT_EQ(filename_of("/home/me/x.txt"), "x.txt");
  EXPECT_EQ(filename_of("C:\\Users\\me\\x.txt"), "x.txt");
  EXPECT_EQ(filename_of("../../etc/passwd"), "passwd");
  EXPECT_EQ(filename_of("a/..\\..\\x"), "x");
  EXPECT_EQ(filename_of(".profile"), ".profile");
  EXPECT_EQ(filename_of("a\r\nb\tc\x7F"), "abc");
  for (const char* nothing : {"", ".", "..", "a/", "a\\", "/..", "\r.\n."}) {
    EXPECT_EQ(filename_of(nothing), "") << nothing;
  }
}

TEST(Upload, TellsThatNoFileWasChosen) {
  EXPECT_TRUE(Upload("", "application/octet-stream", "").is_left_empty());
  EXPECT_FALSE(Upload("a", "application/octet-stream", "").is_left_empty());
  EXPECT_FALSE(Upload("", "application/octet-stream", "1").is_left_empty());
}

TEST(Upload, ReadsTheSameFromMemoryAndFromTheDisk) {
  const TemporaryFolder folder;
  std::string content;
  for (int i = 0; content.size() < 150'000; ++i) content += std::to_string(i) + ' ';
  const Upload uploads[] = {{"x.txt", "text/plain", content}, spooled(folder.path(), content)};
  for (const Upload& upload : uploads) {
    EXPECT_EQ(upload.is_in_memory(), &upload == uploads);
    EXPECT_EQ(upload.size(), content.size());
    EXPECT_EQ(upload.type(), "text/plain");
    EXPECT_EQ(upload.read(3, 5), content.substr(3, 5));
    EXPECT_EQ(upload.read(content.size() - 2, 5), content.substr(content.size() - 2));
    EXPECT_EQ(upload.read(content.size(), 5), "");
    EXPECT_EQ(upload.read(~std::uint64_t{0}, ~std::size_t{0}), "");
    EXPECT_EQ(upload.read(1, ~std::size_t{0}), content.substr(1));
    EXPECT_TRUE(upload.read_all(content.size()) == content);
    EXPECT_EQ(upload.read_all(content.size() - 1), std::nullopt);
    std::string pieces;
    upload.for_each_piece([&pieces](std::string_view piece) { pieces += piece; });
    EXPECT_TRUE(pieces == content);
  }
}

TEST(Upload, HoldsItsFileAfterAMove) {
  const TemporaryFolder folder;
  Upload first = spooled(folder.path(), "content");
  const Upload second = std::move(first);
  EXPECT_EQ(second.read_all(7), "content");
  Upload third("y", "", "memory");
  third = spooled(folder.path(), "disk");
  EXPECT_EQ(third.read_all(7), "disk");
}

TEST(Upload, IsSavedInPlaceOfWhateverIsThere) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/saved";
  write_file(path, "something that was there before, and is longer");
  EXPECT_EQ(spooled(folder.path(), "from disk").save_to(path), std::error_code());
  EXPECT_EQ(text_of_file(path), "from disk");
  EXPECT_EQ(Upload("x", "", "from memory").save_to(path), std::error_code());
  EXPECT_EQ(text_of_file(path), "from memory");
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(folder.entries(), 1) << "nothing lies beside it";
}

TEST(Upload, LeavesNothingWhereItCannotBeSaved) {
  const TemporaryFolder folder;
  const Upload upload("x", "", "content");
  EXPECT_EQ(upload.save_to(folder.path() + "/none/saved"), std::errc::no_such_file_or_directory);
  EXPECT_EQ(upload.save_to(folder.path()), std::errc::is_a_directory);
  const std::string path = folder.path() + "/saved";
  write_file(path, "before");
  {
    const FullDisk disk(3);
    EXPECT_EQ(upload.save_to(path), std::errc::file_too_large);
  }
  EXPECT_EQ(text_of_file(path), "before");
  EXPECT_EQ(folder.entries(), 1);
}

TEST(Upload, ThrowsWhereItsDiskFails) {
  const TemporaryFolder folder;
  auto spool = SpoolFile::open(folder.path());
  ASSERT_TRUE(spool->append("four"));
  const Upload beyond("x", "", spool, 2, 3);  // as though the file had lost a byte
  EXPECT_THROW(beyond.read(0, 3), std::system_error);
  EXPECT_THROW(EXPECT_FALSE(beyond.save_to(folder.path() + "/saved")), std::system_error);
  EXPECT_EQ(folder.entries(), 0);
}

using Open = std::shared_ptr<SpoolFile> (*)(const std::string&);

class SpoolFileOf : public testing::TestWithParam<Open> {};
INSTANTIATE_TEST_SUITE_P(EitherKind, SpoolFileOf,
                         testing::Values(&SpoolFile::open, &SpoolFile::open_named));

TEST_P(SpoolFileOf, HasNoNameAndIsNotInherited) {
  const TemporaryFolder folder;
  const auto spool = GetParam()(folder.path());
  ASSERT_TRUE(spool);
  EXPECT_TRUE(spool->append("content"));
  EXPECT_EQ(folder.entries(), 0);
  const int next = ::dup(0);  // the descriptor before the lowest one that is free
  ::close(next);
  EXPECT_EQ(::fcntl(next - 1, F_GETFD), FD_CLOEXEC);
}

TEST_P(SpoolFileOf, IsNoneWithoutAFolderOrADescriptor) {
  EXPECT_EQ(GetParam()("/nowhere/at/all"), nullptr);
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{0, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none);
  const auto spool = GetParam()("");
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(spool, nullptr);
}

TEST_P(SpoolFileOf, ForgetsWhatFindsNoRoomAndGoesOn) {
  const TemporaryFolder folder;
  const auto spool = GetParam()(folder.path());
  ASSERT_TRUE(spool->append("1234"));
  {
    const FullDisk disk(6);
    EXPECT_FALSE(spool->append("5678"));
  }
  EXPECT_EQ(spool->size(), 4U);
  EXPECT_TRUE(spool->append("ab"));
  char bytes[6];
  spool->read(0, bytes, sizeof bytes);
  EXPECT_EQ(std::string_view(bytes, 6), "1234ab");
}

TEST_P(SpoolFileOf, LeavesNothingWhenItsProcessIsKilled) {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const auto spool = GetParam()(folder.path());
    spool->append("content");
    ::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(folder.entries(), 0);
}

}  // namespace
}  // namespace assay::forms
