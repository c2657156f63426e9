#include "harness/truth/file_text.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace assay::truth {

Result<std::string> file_text(const std::string& path) {
  std::error_code error;
  // A stream opens a folder without complaint and reads nothing from it.
  if (std::filesystem::is_directory(path, error)) {
    return TruthError::unreadable_file(path, std::strerror(EISDIR));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return TruthError::unreadable_file(path, std::strerror(errno));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace assay::truth
