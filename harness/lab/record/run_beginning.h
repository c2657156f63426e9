// What a run was begun with: written before its first trial, so that one that was cut off can go on
// as it began. A typed model, `run.json` in the run's folder.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/record/result.h"
#include "harness/lab/record/trial_record.h"

namespace assay::lab {

struct RunBeginning {
  std::string run;
  std::string plan;
  std::string plan_text;
  std::optional<std::string> workload;
  std::optional<int> blocks;
  std::uint64_t seed = 1;
  std::string started;
  std::string server_sha256;
  std::string assay_sha256;
  std::map<std::string, std::string> sources;
  std::vector<std::string> resumed = {};
  static constexpr auto model() {
    return std::tuple{
        field<"run">(&RunBeginning::run, description("Name of its folder")),
        field<"plan">(&RunBeginning::plan, description("Its file in harness/plans")),
        field<"plan_text">(
            &RunBeginning::plan_text,
            description("The whole of that file: another plan of its name is another run")),
        field<"workload">(&RunBeginning::workload, description("Instead of the plan's")),
        field<"blocks">(&RunBeginning::blocks, description("Instead of the plan's")),
        field<"seed">(&RunBeginning::seed, description("Of the order of trials")),
        field<"started">(&RunBeginning::started, description("UTC")),
        field<"server_sha256">(&RunBeginning::server_sha256,
                               description("Trials of two builds are never mixed")),
        field<"assay_sha256">(&RunBeginning::assay_sha256,
                              description("Nor those of two laboratories")),
        field<"sources">(&RunBeginning::sources,
                         description("Nor those of two baselines or workloads of one name")),
        field<"resumed">(&RunBeginning::resumed,
                         description("UTC, each time that it went on after it was cut off"))};
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
// plan or programs are others now is refused: its trials and new ones are not the same experiment.
// Whether its sources are still the same is told when the plan has been read.
Result<UnfinishedRun> unfinished_run(const std::filesystem::path& runs, const std::string& plan,
                                     const std::string& plan_text, const Provenance& provenance);
using Sources = std::map<std::string, std::string>;  // SHA-256 by path
Result<void> check_sources(const RunBeginning& beginning, const Sources& sources);
// The first path whose hash is another, or which one of the two does not have.
std::optional<std::string> changed_source(const Sources& before, const Sources& now);

}  // namespace assay::lab
