#include "harness/lab/host_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace assay::lab {

Result<HostLock> HostLock::take() {
  const auto path = std::filesystem::temp_directory_path() / "assay-measuring.lock";
  // Closed in children: a server that outlived its run would otherwise hold the lock for it.
  load::Descriptor file(::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666));
  if (!file.is_open()) return LabError::unwritable(path.string(), strerror(errno));
  if (flock(file.number(), LOCK_EX | LOCK_NB) != 0) return LabError::host_busy();
  return HostLock(std::move(file));
}

}  // namespace assay::lab
