#include "harness/lab/host/program_hash.h"

#include "harness/lab/host/sha256.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code missing;
  return fs::is_regular_file(path, missing);
}

// Options and their values, such as a database's path, are not what runs.
std::vector<fs::path> files_of(const std::vector<std::string>& command, const fs::path& folder) {
  std::vector<fs::path> files;
  for (const std::string& word : command) {
    if (word.starts_with('-')) break;
    if (is_file(folder / word)) files.push_back(folder / word);
    if (files.empty()) break;
  }
  return files;
}

}  // namespace

std::string program_sha256(const std::vector<std::string>& command, const fs::path& folder) {
  std::vector<std::string> hashes;
  for (const fs::path& file : files_of(command, folder)) hashes.push_back(sha256_of_file(file));
  if (hashes.empty() || hashes.front().empty()) return {};
  if (hashes.size() == 1) return hashes.front();
  Sha256 all;
  for (const std::string& hash : hashes) all.add(hash);
  return all.text();
}

}  // namespace assay::lab
