#include "harness/lab/run/under_way.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "harness/lab/trial/attempts.h"
#include "harness/lab/trial/load_job.h"
#include "harness/lab/trial/readiness.h"
#include "harness/lab/trial/server_log.h"
#include "harness/lab/trial/trial_gates.h"

namespace assay::lab {
namespace {

using Clock = std::chrono::steady_clock;

// The first program that a baseline started is the one that this run measures.
void keep_program(Measurements& all, const Trial& trial) {
  if (trial.program_sha256.empty()) return;
  all.programs.try_emplace(trial.baseline, trial.program_sha256);
}

bool is_due(const UnderWay& run, const Cell& cell) {
  return can_run(cell) && run.all.conformance.refusal(*cell.baseline, *cell.workload).empty() &&
         dropped_for(run.all.trials, cell, run.bench.cells) == nullptr;
}

std::size_t trials_left_in_block(const UnderWay& run, int block) {
  return static_cast<std::size_t>(
      std::count_if(run.bench.cells.begin(), run.bench.cells.end(), [&](const Cell& cell) {
        return is_due(run, cell) && next_attempt(run.all.trials, cell, block);
      }));
}

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

// What the server said is kept for each trial; one that said nothing but where it listens has
// nothing to be read again.
void settle_log(const std::filesystem::path& log, const Trial& trial) {
  if (trial.valid && is_announcement_only(log)) return drop_log(log);
  const std::string again = trial.attempt > 0 ? fmt::format("-again-{}", trial.attempt) : "";
  keep_log(log, fmt::format("block-{}-{}{}.log", trial.block + 1, trial.order + 1, again));
}

// The newest, since a server tells how many workers it has on the cores that it was given; but not
// those of other software.
void keep_facts(Measurements& all, const std::string& label, const std::optional<Facts>& facts) {
  if (!facts) return;
  const auto [known, is_new] = all.facts.try_emplace(label, *facts);
  if (!is_new && software_fault(*facts, known->second).empty()) known->second = *facts;
}

// How this cell is measured; what keeps it from being so is its reason.
Measuring measuring_of(UnderWay& run, const Cell& cell) {
  Measuring how = run.how;
  how.rate = rate_for(cell, run.all.trials);
  how.refusal = open_files_reason(*cell.load, run.open_files);
  if (const auto known = run.all.facts.find(cell.baseline->label()); known != run.all.facts.end()) {
    how.facts = known->second;
  }
  if (const auto known = run.all.programs.find(cell.baseline->label());
      known != run.all.programs.end()) {
    how.program_sha256 = known->second;
  }
  if (cell.load->share && !how.rate) {
    how.refusal = fmt::format("it takes a share of the rate under {}, which has no figure",
                              cell.load->share->load);
  }
  if (const auto wanted = cell.load->server_cores) {
    if (const std::size_t there = run.server_cores.size(); there < *wanted) {
      how.refusal =
          fmt::format("it gives the server {} cores, and this host has {} for it", *wanted, there);
    } else {
      how.cores.assign(run.server_cores.begin(), run.server_cores.begin() + *wanted);
    }
  }
  return how;
}

// Keeps a trial before anything else starts.
Result<void> keep(UnderWay& run, Measured measured) {
  Trial& trial = measured.trial;
  run.progress.ended(trial);
  settle_log(run.how.log, trial);
  if (auto kept = run.journal.append(trial); !kept) return kept;
  keep_facts(run.all, trial.baseline, measured.facts);
  keep_program(run.all, trial);
  run.all.trials.push_back(std::move(trial));
  return {};
}

// Measures one cell, once more where the host or the client spoilt it; a trial that was cut is
// dropped.
Result<void> measure_cell(UnderWay& run, const Cell& cell, int block, int order, int attempt) {
  for (; attempt < most_attempts; ++attempt) {
    run.progress.begins(cell, block, run.bench.plan.blocks);
    auto measured = measure(cell, measuring_of(run, cell), run.stop);
    if (!measured) return measured.error();
    if (run.stop.requested()) return {};
    Trial& trial = measured->trial;
    trial.block = block;
    trial.order = order;
    trial.attempt = attempt;
    trial.twin = cell.is_twin;
    const bool is_last = attempt + 1 == most_attempts;
    if (is_last) let_stand(trial);
    const bool is_settled = !is_spoilt(trial);
    if (!is_settled && !is_last) run.progress.expects(1);
    if (auto kept = keep(run, *std::move(measured)); !kept) return kept;
    if (is_settled) break;
  }
  return {};
}

Result<void> measure_block(UnderWay& run, int block) {
  int order = 0;
  for (const std::size_t index : order_of(run.bench.cells, run.seed, block)) {
    const Cell& cell = run.bench.cells[index];
    if (!is_due(run, cell)) continue;
    const int place = order++;
    const auto attempt = next_attempt(run.all.trials, cell, block);
    if (!attempt) continue;  // of a run that goes on
    if (auto kept = measure_cell(run, cell, block, place, *attempt); !kept) return kept;
    if (run.stop.requested()) return {};
  }
  ++run.all.blocks_done;
  return {};
}

}  // namespace

Measurements measured_before(UnfinishedRun& run) {
  Measurements all;
  for (const Trial& trial : run.trials) keep_program(all, trial);
  all.seconds_before = seconds_by_block(run.trials, run.beginning.resumed);
  all.trials = std::move(run.trials);
  return all;
}

void verify_all(UnderWay& run) {
  const VerificationSettings settings{run.how.server, run.how.log, run.seed};
  run.all.conformance =
      conformance_of(run.bench.cells, settings, run.stop,
                     [&](const Baseline& baseline) { run.progress.checks(baseline); });
  run.all.facts = run.all.conformance.facts();
  std::set<std::string> said;
  for (const Cell& cell : run.bench.cells) {
    const std::string reason = run.all.conformance.refusal(*cell.baseline, *cell.workload);
    const std::string name = cell.baseline->label() + " " + cell.workload->name;
    if (!can_run(cell) || reason.empty() || !said.insert(name).second) continue;
    run.progress.say(fmt::format("{} is not timed: {}", name, reason));
  }
}

Result<void> measure_all(UnderWay& run) {
  const Plan& plan = run.bench.plan;
  BlockTimes times;
  while (run.all.end == RunEnd::goes_on) {
    const auto began = Clock::now();
    if (times.done >= plan.blocks) run.progress.expects(trials_left_in_block(run, times.done));
    if (auto measured = measure_block(run, times.done); !measured) return measured;
    if (auto unchanged = run.check_unchanged(); !unchanged) return unchanged;
    const double took = run.all.seconds_before[times.done] + seconds_since(began);
    ++times.done;
    times.gone_s += took;
    times.longest_s = std::max(times.longest_s, took);
    run.all.end =
        run.stop.requested() ? RunEnd::cut : end_of(plan, run.bench.cells, run.all.trials, times);
  }
  return {};
}

}  // namespace assay::lab
