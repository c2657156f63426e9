// The program that a baseline runs on, an interpreter or one that was built, as scripts/setup left
// it in .venv/<name>.json: a path, or the reason why there is none. A baseline without one prints
// as a dash with that reason.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace assay::lab {

struct Environment {
  std::string program;  // path
  std::string version;  // as it said itself when it was set up
  std::string build;    // how an interpreter was built, such as "pgo+lto"
  std::string reason;   // why there is none; empty when there is
  // What the sum of the squares below 100,000 takes an interpreter, in processor time: how long
  // the workload `cpu@calibrated` is to last on this host.
  std::optional<double> loop_us = {};
};

// `name` is the baseline's, or karak-fast for a variant that has a requirements-fast.txt.
Environment read_environment(const std::filesystem::path& checkout, const std::string& name);

}  // namespace assay::lab
