#include "server/storage/sql/scratch_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <vector>

#include "server/storage/sql/storage_error.h"

namespace assay::storage {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "assay-scratch-";

fs::path lock_in(const fs::path& folder) { return folder / "lock"; }

// Whether the open file is still the one of that name: it may have been removed meanwhile.
bool is_at(int file, const fs::path& path) {
  struct stat held{};
  struct stat named{};
  return fstat(file, &held) == 0 && stat(path.c_str(), &named) == 0 &&
         held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

// Not a link, by which another user would have us remove what is elsewhere.
bool is_our_folder(const fs::path& path) {
  struct stat found{};
  return lstat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == geteuid();
}

// The folder's lock, free of others; -1 where one of them has it, or the folder is gone or not
// ours. Kept across fork, and dropped by exec and by the end of the last that has it, however that
// comes.
int take_lock(const fs::path& folder) {
  const fs::path path = lock_in(folder);
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file == -1) return -1;
  if (flock(file, LOCK_EX | LOCK_NB) == 0 && is_at(file, path)) return file;
  close(file);
  return -1;
}

// The lock goes last, and is held until then: nobody takes the folder for one that is being made.
void remove_folder(const fs::path& folder, int lock) {
  std::error_code ignored;
  std::vector<fs::path> inside;
  for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    if (at->path() != lock_in(folder)) inside.push_back(at->path());
  }
  for (const fs::path& path : inside) fs::remove_all(path, ignored);
  fs::remove(lock_in(folder), ignored);
  fs::remove(folder, ignored);
  close(lock);
}

void remove_stale(const fs::path& place) {
  std::error_code ignored;
  std::vector<fs::path> found;
  for (fs::directory_iterator at(place, ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    if (at->path().filename().string().starts_with(prefix)) found.push_back(at->path());
  }
  for (const fs::path& folder : found) {
    if (!is_our_folder(folder)) continue;
    const int lock = take_lock(folder);
    if (lock != -1) remove_folder(folder, lock);
  }
}

fs::path make_folder(const fs::path& place) {
  std::string name = place / (std::string(prefix) + "XXXXXX");
  if (mkdtemp(name.data()) == nullptr) {
    throw StorageError::cannot_open(name, SQLITE_CANTOPEN, errno);
  }
  return name;
}

}  // namespace

ScratchFile::ScratchFile() : owner_(getpid()) {
  const fs::path place = scratch_place();
  remove_stale(place);
  // Another that starts may take a folder for a stale one, until it is locked.
  constexpr int tries = 100;
  int cause = 0;
  for (int i = 0; i < tries; ++i) {
    folder_ = make_folder(place);
    lock_ = take_lock(folder_);
    if (lock_ != -1) return;
    cause = errno;
    rmdir(folder_.c_str());  // where it holds a lock already, that one's owner removes both
  }
  throw StorageError::cannot_open(path(), SQLITE_CANTOPEN, cause);
}

ScratchFile::~ScratchFile() {
  if (getpid() == owner_) {
    remove_folder(folder_, lock_);
  } else {
    close(lock_);
  }
}

}  // namespace assay::storage
