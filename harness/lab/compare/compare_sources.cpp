#include "harness/lab/compare/compare_sources.h"

#include <algorithm>
#include <functional>
#include <system_error>
#include <vector>

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

constexpr auto file_name = "result.json";
constexpr std::size_t most_named = 8;  // in an error; a host may have hundreds of runs

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.is_directory(none)) folders.push_back(entry.path());
  }
  return folders;
}

// Those that have a result; a run's name begins with its time, so that these are the newest first.
std::vector<std::string> newest_names(const fs::path& hosts) {
  std::vector<std::string> names;
  for (const fs::path& host : folders_in(hosts)) {
    for (const fs::path& run : folders_in(host)) {
      if (fs::exists(run / file_name)) names.push_back(run.filename().string());
    }
  }
  std::sort(names.begin(), names.end(), std::greater<>());
  names.resize(std::min(names.size(), most_named));
  return names;
}

}  // namespace

Result<fs::path> result_of(const std::string& named, const fs::path& hosts) {
  std::error_code none;
  if (fs::is_regular_file(named, none)) return fs::path(named);
  if (fs::is_directory(named, none)) return fs::path(named) / file_name;
  std::vector<std::string> found;
  for (const fs::path& host : folders_in(hosts)) {
    // Not a path that leaves the folder, nor an empty one.
    if (fs::path(named).filename() == named && !named.empty() && fs::is_directory(host / named)) {
      found.push_back((host / named).string());
    }
  }
  if (found.empty()) {
    const std::vector<std::string> names = newest_names(hosts);
    if (!names.empty()) return LabError::unknown("run", named, names);
    return LabError::unreadable(named, "there is no such file, and no run in " + hosts.string());
  }
  if (found.size() > 1) return LabError::run_of_several_hosts(named, found);
  return fs::path(found.front()) / file_name;
}

}  // namespace assay::lab
