#include "harness/lab/run/source_hashes.h"

#include "harness/lab/host/sha256.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

// None where some part of the folder cannot be read: what is left would be taken for all of it.
std::set<fs::path> files_in(const fs::path& folder) {
  std::set<fs::path> files;
  std::error_code unreadable;
  std::error_code gone;
  for (auto each = fs::recursive_directory_iterator(folder, unreadable);
       each != fs::recursive_directory_iterator(); each.increment(unreadable)) {
    if (each->path().filename() == "__pycache__") {
      each.disable_recursion_pending();
    } else if (each->is_regular_file(gone)) {
      files.insert(each->path());
    }
  }
  if (unreadable) files.clear();
  return files;
}

std::string sha256_of_folder(const fs::path& folder) {
  const std::set<fs::path> files = files_in(folder);
  if (files.empty()) return {};
  Sha256 sum;
  for (const fs::path& file : files) {
    const std::string hash = sha256_of_file(file);
    if (hash.empty()) return {};
    sum.add(file.lexically_relative(folder).generic_string() + ' ' + hash + '\n');
  }
  return sum.text();
}

}  // namespace

std::map<std::string, std::string> source_hashes(const fs::path& checkout,
                                                 const std::set<std::string>& paths) {
  std::map<std::string, std::string> hashes;
  for (const std::string& path : paths) {
    const fs::path place = checkout / path;
    std::error_code missing;
    hashes[path] =
        fs::is_directory(place, missing) ? sha256_of_folder(place) : sha256_of_file(place);
  }
  return hashes;
}

}  // namespace assay::lab
