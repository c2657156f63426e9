// SHA-256 of what a run is made from: its plan, workloads and baselines, as they lie in the
// checkout. A commit does not tell of what was changed since. Any thread.
#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace assay::lab {

// By the paths given, which are those of files or folders in `checkout`. A folder's is that of its
// files' names and hashes in the order of their names, without what a run leaves there. Empty where
// some of it cannot be read.
std::map<std::string, std::string> source_hashes(const std::filesystem::path& checkout,
                                                 const std::set<std::string>& paths);

}  // namespace assay::lab
