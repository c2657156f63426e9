#include "harness/lab/record/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "harness/lab/file_text.h"
#include "server/model/json_read.h"
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

// Up to the end of the last whole line.
std::size_t whole_bytes(std::string_view text) { return text.rfind('\n') + 1; }

bool take_torn_line_away(const std::filesystem::path& path) {
  const auto text = text_of(path);
  if (!text || whole_bytes(*text) == text->size()) return true;
  return truncate(path.c_str(), static_cast<off_t>(whole_bytes(*text))) == 0;
}

}  // namespace

Result<std::vector<Trial>> Journal::read(const std::filesystem::path& path) {
  std::vector<Trial> trials;
  const std::string text = text_of(path).value_or("");
  std::string_view left = std::string_view(text).substr(0, whole_bytes(text));
  while (!left.empty()) {
    const std::size_t end = left.find('\n');
    auto reading = model::from_json<Trial>(left.substr(0, end));
    if (!reading.ok()) {
      return LabError::bad_file(path.string(),
                                fmt::format("line {} is no trial: {}", trials.size() + 1,
                                            model::text(reading.problems.front())));
    }
    trials.push_back(std::move(reading.value));
    left.remove_prefix(end + 1);
  }
  return trials;
}

Result<Journal> Journal::open(const std::filesystem::path& path) {
  if (!take_torn_line_away(path)) return LabError::unwritable(path.string(), strerror(errno));
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
