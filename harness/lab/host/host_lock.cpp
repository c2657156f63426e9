#include "harness/lab/host/host_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>

namespace assay::lab {

namespace {

// A lock needs no right to write, so a file that another user made will do; made only when there is
// none, since /tmp may refuse to open another user's file for creation. Closed in children: a
// server that outlived its run would otherwise hold the lock for it.
load::Descriptor opened(const std::string& path) {
  constexpr int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
  load::Descriptor file(::open(path.c_str(), flags));
  if (!file.is_open() && errno == ENOENT) {
    file = load::Descriptor(::open(path.c_str(), flags | O_CREAT | O_EXCL, 0444));
  }
  if (!file.is_open() && errno == EEXIST) file = load::Descriptor(::open(path.c_str(), flags));
  return file;
}

}  // namespace

Result<HostLock> HostLock::take() {
  std::error_code none;  // TMPDIR may name a folder that is not there
  auto folder = std::filesystem::temp_directory_path(none);
  if (none) folder = "/tmp";
  const auto path = folder / "assay-measuring.lock";
  load::Descriptor file = opened(path.string());
  if (!file.is_open()) return LabError::unwritable(path.string(), strerror(errno));
  if (flock(file.number(), LOCK_EX | LOCK_NB) != 0) return LabError::host_busy();
  return HostLock(std::move(file));
}

}  // namespace assay::lab
