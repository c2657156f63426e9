#include "harness/load/request/file_content.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace assay::load {

Result<std::string> file_content(const std::string& path) {
  std::error_code ignored;  // what cannot be looked at cannot be opened either, which says why
  if (std::filesystem::is_directory(path, ignored)) {
    return LoadError::unreadable_file(path, "a directory");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return LoadError::unreadable_file(path, std::strerror(errno));
  std::string content{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return LoadError::unreadable_file(path, std::strerror(errno));
  return content;
}

Result<std::string> text_or_file(const std::string& given) {
  if (given.empty() || given.front() != '@') return given;
  return file_content(given.substr(1));
}

}  // namespace assay::load
