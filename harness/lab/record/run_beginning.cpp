#include "harness/lab/record/run_beginning.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "harness/lab/file_text.h"
#include "harness/lab/record/journal.h"
#include "harness/lab/record/result_file.h"
#include "server/model/json_read.h"
#include "server/model/json_write.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

constexpr auto file_name = "run.json";

std::optional<RunBeginning> beginning_in(const fs::path& folder) {
  const auto text = text_of(folder / file_name);
  if (!text) return std::nullopt;
  auto reading = model::from_json<RunBeginning>(*text);
  if (!reading.ok()) return std::nullopt;
  return std::move(reading.value);
}

bool is_finished(const fs::path& folder) {
  const auto result = read_result(folder / "result.json");
  return result && result->complete;
}

// A run's folder begins with its time, so that the last name is the newest.
std::vector<fs::path> newest_first(const fs::path& runs) {
  std::vector<fs::path> folders;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(runs, none)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.rbegin(), folders.rend());
  return folders;
}

}  // namespace

Result<void> write_beginning(const fs::path& folder, const RunBeginning& beginning) {
  return write_file(folder / file_name, model::to_json(beginning) + "\n");
}

Result<UnfinishedRun> unfinished_run(const fs::path& runs, const std::string& plan,
                                     const std::string& plan_text, const Provenance& provenance) {
  for (const fs::path& folder : newest_first(runs)) {
    auto beginning = beginning_in(folder);
    if (!beginning || beginning->plan != plan) continue;
    if (is_finished(folder)) {
      if (beginning->workload || beginning->blocks) continue;  // of a part of the plan alone
      break;  // what was cut off before it has been done again since
    }
    if (beginning->plan_text != plan_text) return LabError::begun_otherwise(plan, "the plan");
    if (beginning->server_sha256 != provenance.server_sha256) {
      return LabError::begun_otherwise(plan, "the reference server");
    }
    if (beginning->assay_sha256 != provenance.assay_sha256) {
      return LabError::begun_otherwise(plan, "the laboratory's own program");
    }
    auto trials = Journal::read(folder / "journal.ndjson");
    if (!trials) return trials.error();
    return UnfinishedRun{folder, *std::move(beginning), *std::move(trials)};
  }
  return LabError::nothing_to_resume(plan);
}

Result<void> check_sources(const RunBeginning& beginning, const Sources& sources) {
  if (const auto path = changed_source(beginning.sources, sources)) {
    return LabError::begun_otherwise(beginning.plan, *path);
  }
  return {};
}

std::optional<std::string> changed_source(const Sources& before, const Sources& now) {
  std::set<std::string> paths;  // one may have come, and one may have gone
  for (const auto* each : {&before, &now}) {
    for (const auto& [path, hash] : *each) paths.insert(path);
  }
  for (const std::string& path : paths) {
    const auto then = before.find(path);
    const auto found = now.find(path);
    if (then == before.end() || found == now.end() || then->second != found->second) return path;
  }
  return std::nullopt;
}

}  // namespace assay::lab
