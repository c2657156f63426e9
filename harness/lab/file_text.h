// The whole of a small file of ours as text. Any thread.
#pragma once
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

namespace assay::lab {

// Nothing when there is no such file, or it cannot be read.
inline std::optional<std::string> text_of(const std::filesystem::path& path) {
  std::error_code ignored;  // a folder opens too, but cannot be read
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, ignored)) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();  // what goes wrong meanwhile is no exception here
  if (text.bad()) return std::nullopt;
  return std::move(text).str();
}

}  // namespace assay::lab
