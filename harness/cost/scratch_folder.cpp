#include "harness/cost/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>

namespace assay::cost {

namespace fs = std::filesystem;

Result<ScratchFolder> ScratchFolder::make(const fs::path& parent) {
  std::error_code error;
  const fs::path in = parent.empty() ? fs::temp_directory_path(error) : parent;
  std::string path = (in / "assay-cost-XXXXXX").string();
  if (error || mkdtemp(path.data()) == nullptr) {
    return CostError::unwritable(path, error ? error.message() : std::strerror(errno));
  }
  // A server that gives up root for its workers must still be able to read here.
  fs::permissions(path, fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add,
                  error);
  return ScratchFolder(path);
}

ScratchFolder::ScratchFolder(fs::path path) : path_(std::move(path)) {}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<fs::path> ScratchFolder::write(const std::string& name, std::string_view text) const {
  fs::path path = path_ / name;
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return CostError::unwritable(path.string(), std::strerror(errno));
  return path;
}

}  // namespace assay::cost
