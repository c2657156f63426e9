#include "harness/lab/trial/attempts.h"

#include <map>
#include <set>

namespace assay::lab {
namespace {

bool stands_alone(const Load& load) { return load.server_cores || load.share; }

// Their names; that of the cell's own is among them.
std::set<std::string_view> loads_started_alike(const Cell& cell, const std::vector<Cell>& cells) {
  std::set<std::string_view> alike{cell.load->name};
  if (stands_alone(*cell.load)) return alike;
  for (const Cell& each : cells) {
    if (!stands_alone(*each.load)) alike.insert(each.load->name);
  }
  return alike;
}

}  // namespace

CellTrials trials_of(const std::vector<Trial>& trials, std::string_view workload,
                     std::string_view baseline, std::string_view load, bool is_twin) {
  CellTrials found;
  std::map<int, const Trial*> last;
  for (const Trial& trial : trials) {
    if (trial.workload != workload || trial.baseline != baseline || trial.load != load ||
        trial.twin != is_twin) {
      continue;
    }
    const Trial*& known = last[trial.block];
    if (known == nullptr || trial.attempt >= known->attempt) {
      if (known != nullptr) found.repeated.push_back(known);
      known = &trial;
    } else {
      found.repeated.push_back(&trial);
    }
  }
  for (const auto& [block, trial] : last) found.counted.push_back(trial);
  return found;
}

CellTrials trials_of(const std::vector<Trial>& trials, const Cell& cell) {
  return trials_of(trials, cell.workload->name, cell.baseline->label(), cell.load->name,
                   cell.is_twin);
}

void let_stand(Trial& trial) {
  if (trial.valid || trial.fault != "host") return;
  trial.warnings.insert(trial.warnings.end(), trial.reasons.begin(), trial.reasons.end());
  trial.reasons.clear();
  trial.valid = true;
}

bool is_spoilt(const Trial& trial) {
  return !trial.valid && (trial.fault == "host" || trial.fault == "client");
}

const Trial* dropped_for(const std::vector<Trial>& trials, const Cell& cell,
                         const std::vector<Cell>& cells) {
  const std::set<std::string_view> alike = loads_started_alike(cell, cells);
  int failed = 0;
  const Trial* last = nullptr;
  for (const Trial& trial : trials) {
    if (trial.workload != cell.workload->name || trial.baseline != cell.baseline->label() ||
        !alike.contains(trial.load)) {
      continue;
    }
    // What this host cannot be asked for, or a client that fails, says nothing of the server.
    if (trial.requests > 0) failed = 0;
    if (trial.requests > 0 || trial.fault != "server") continue;
    ++failed;
    last = &trial;
  }
  return failed >= tried_starts ? last : nullptr;
}

std::optional<int> next_attempt(const std::vector<Trial>& trials, const Cell& cell, int block) {
  for (const Trial* trial : trials_of(trials, cell).counted) {
    if (trial->block != block) continue;
    const int next = trial->attempt + 1;
    return is_spoilt(*trial) && next < most_attempts ? std::optional(next) : std::nullopt;
  }
  return 0;
}

ByBlock rates_by_block(const CellTrials& trials) {
  ByBlock rates;
  for (const Trial* trial : trials.counted) {
    if (trial->valid) rates[trial->block] = trial->rate;
  }
  return rates;
}

std::vector<double> values(const CellTrials& trials,
                           const std::function<double(const Trial&)>& value_of) {
  std::vector<double> found;
  for (const Trial* trial : trials.counted) {
    if (trial->valid) found.push_back(value_of(*trial));
  }
  return found;
}

}  // namespace assay::lab
