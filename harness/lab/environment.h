// The interpreter that a baseline runs on, as scripts/setup left it in .venv/<name>.json: a path,
// or the reason why there is none. A baseline without one prints as a dash with that reason.
#pragma once
#include <filesystem>
#include <string>

namespace assay::lab {

struct Environment {
  std::string python;  // path of the virtual environment's interpreter
  std::string build;   // how the interpreter was built, such as "pgo+lto"
  std::string reason;  // why there is none; empty when there is
};

Environment read_environment(const std::filesystem::path& checkout, const std::string& baseline);

}  // namespace assay::lab
