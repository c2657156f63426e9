// The gate: does the reference keep its lead over each Python baseline? Judged by the lower bound
// of the interval, against the thresholds of ci/gate.toml. Pure but for reading that file.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/record/result.h"

namespace assay::lab {

struct Lead {
  std::string baseline;
  std::string workload;
  std::string load;
  double at_least = 1;  // ours over theirs
};

struct GateRules {
  std::string plan;  // that is run to judge
  std::vector<Lead> leads;
};

struct Judged {
  bool kept = false;
  std::string line;  // "kept   fastapi@as-documented json close-20: 3.1 (2.9 to 3.3), 1.5 asked"
};

Result<GateRules> read_gate(const std::filesystem::path& file);
std::vector<Judged> judge(const GateRules& rules, const RunResult& result);

}  // namespace assay::lab
