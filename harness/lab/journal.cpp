#include "harness/lab/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include "server/model/json_write.h"

namespace assay::lab {
namespace {

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A new name is on the disk only when its folder is.
bool sync_folder_of(const std::filesystem::path& path) {
  const load::Descriptor folder(
      ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.is_open() && fsync(folder.number()) == 0;
}

}  // namespace

Result<Journal> Journal::open(const std::filesystem::path& path) {
  load::Descriptor file(::open(path.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0644));
  if (!file.is_open() || !sync_folder_of(path)) {
    return LabError::unwritable(path.string(), strerror(errno));
  }
  return Journal(path, std::move(file));
}

Result<void> Journal::append(const Trial& trial) {
  const bool kept =
      write_all(file_.number(), model::to_json(trial) + "\n") && fsync(file_.number()) == 0;
  if (!kept) return LabError::unwritable(path_.string(), strerror(errno));
  return {};
}

Result<void> write_file(const std::filesystem::path& path, const std::string& text) {
  const std::filesystem::path beside = path.string() + ".new";
  const load::Descriptor file(
      ::open(beside.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644));
  const bool kept = file.is_open() && write_all(file.number(), text) && fsync(file.number()) == 0 &&
                    rename(beside.c_str(), path.c_str()) == 0 && sync_folder_of(path);
  if (!kept) {
    const std::string reason = strerror(errno);
    unlink(beside.c_str());
    return LabError::unwritable(path.string(), reason);
  }
  return {};
}

}  // namespace assay::lab
