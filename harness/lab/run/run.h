// A run: every cell of a plan in every block, in seeded order, each on a fresh server; kept trial
// by trial and summarised at the end, also when it is cut short.
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/checkout.h"
#include "harness/lab/lab_error.h"
#include "harness/lab/record/result.h"
#include "harness/load/stop.h"

namespace assay::lab {

struct RunOptions {
  std::string plan = "quick";
  std::optional<std::string> workload;  // instead of the plan's
  std::optional<int> blocks;            // instead of the plan's
  std::uint64_t seed = 1;
  bool resume = false;    // go on with the newest run of the plan that was cut off; as it began
  bool has_gates = true;  // see Measuring
  std::vector<std::string> argv;
};

struct Run {
  std::filesystem::path folder;
  RunResult result;
};

// Blocks until the run has ended or `stop` was asked for. Progress goes to `progress`.
Result<Run> run(const Checkout& checkout, const RunOptions& options, const load::Stop& stop,
                std::FILE* progress);

}  // namespace assay::lab
