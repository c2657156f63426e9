// What a run was begun with: written before its first trial, so that one that was cut off can go on
// as it began. A typed model, `run.json` in the run's folder.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/trial_record.h"

namespace assay::lab {

struct RunBeginning {
  std::string run;  // its folder's name
  std::string plan;
  std::string plan_text;                // the whole file: another plan of that name is another run
  std::optional<std::string> workload;  // instead of the plan's
  std::optional<int> blocks;            // likewise
  std::uint64_t seed = 1;
  std::string started;
  std::string server_sha256;  // trials of two builds are never mixed
  static constexpr auto model() {
    return std::tuple{field<"run">(&RunBeginning::run),
                      field<"plan">(&RunBeginning::plan),
                      field<"plan_text">(&RunBeginning::plan_text),
                      field<"workload">(&RunBeginning::workload),
                      field<"blocks">(&RunBeginning::blocks),
                      field<"seed">(&RunBeginning::seed),
                      field<"started">(&RunBeginning::started),
                      field<"server_sha256">(&RunBeginning::server_sha256)};
  }
};

Result<void> write_beginning(const std::filesystem::path& folder, const RunBeginning& beginning);

// A run that was cut off, with the trials that its journal has.
struct UnfinishedRun {
  std::filesystem::path folder;
  RunBeginning beginning;
  std::vector<Trial> trials;
};

// The newest run of the plan in `runs`, a host's folder, that has not come to its end. One whose
// plan or server is another now is refused: its trials and new ones are not the same experiment.
Result<UnfinishedRun> unfinished_run(const std::filesystem::path& runs, const std::string& plan,
                                     const std::string& plan_text,
                                     const std::string& server_sha256);

}  // namespace assay::lab
