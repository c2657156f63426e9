#include "harness/lab/run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "harness/lab/attempts.h"
#include "harness/lab/bench.h"
#include "harness/lab/conformance.h"
#include "harness/lab/core_shares.h"
#include "harness/lab/factor_record.h"
#include "harness/lab/file_text.h"
#include "harness/lab/host.h"
#include "harness/lab/journal.h"
#include "harness/lab/load_job.h"
#include "harness/lab/plan.h"
#include "harness/lab/progress.h"
#include "harness/lab/provenance.h"
#include "harness/lab/readiness.h"
#include "harness/lab/records.h"
#include "harness/lab/run_beginning.h"
#include "harness/lab/run_end.h"
#include "harness/lab/scaling_record.h"
#include "harness/lab/server_log.h"
#include "harness/lab/source_hashes.h"
#include "harness/lab/summarise.h"
#include "harness/lab/time_text.h"
#include "harness/lab/trial.h"
#include "harness/lab/trial_gates.h"
#include "server/model/json_write.h"

namespace assay::lab {
namespace {

using SystemClock = std::chrono::system_clock;
using Clock = std::chrono::steady_clock;

constexpr int tried_starts = 2;  // in a row; a server that fails them is not tried again

// Says once for each baseline why it will print as a dash.
void say_what_is_missing(const Bench& bench, Progress& progress) {
  for (const Baseline& baseline : bench.catalogue.baselines) {
    const auto& planned = bench.plan.baselines;
    const bool in_plan =
        std::find(planned.begin(), planned.end(), baseline.label()) != planned.end();
    if (in_plan && !baseline.unavailable().empty()) {
      progress.say(fmt::format("{} is left out: {}", baseline.label(), baseline.unavailable()));
    }
  }
}

// The trials of a run so far, and what they taught of each baseline.
struct Measurements {
  std::vector<Trial> trials;
  std::map<std::string, Facts> facts;           // by label
  std::map<std::string, int> failed_starts;     // in a row, by baseline and workload
  std::map<std::string, std::string> programs;  // by label: what its first trial started
  Conformance conformance;
  int blocks_done = 0;
  std::map<int, double> seconds_before;  // by block, of a run that goes on: what it had taken
  RunEnd end = RunEnd::goes_on;
};

// The first program that a baseline started is the one that this run measures.
void keep_program(Measurements& all, const Trial& trial) {
  if (trial.program_sha256.empty()) return;
  all.programs.try_emplace(trial.baseline, trial.program_sha256);
}

// A run while it goes on.
struct UnderWay {
  const Bench& bench;
  const Measuring& how;
  std::uint64_t seed;
  const load::Stop& stop;
  Journal& journal;
  Progress& progress;
  std::vector<unsigned> server_cores;  // that a load may choose from
  std::uint64_t open_files;            // that client and server may have, each
  Measurements all;
};

// What a run that goes on had measured before it was cut off.
Measurements measured_before(UnfinishedRun& run) {
  Measurements all;
  for (const Trial& trial : run.trials) keep_program(all, trial);
  all.seconds_before = seconds_by_block(run.trials, run.beginning.resumed);
  all.trials = std::move(run.trials);
  return all;
}

// What fails alike: a server that does not start for a workload fails under each load, but where a
// load has cores or a rate of its own.
std::string start_of(const Cell& cell) {
  std::string start = cell.baseline->label() + " " + cell.workload->name;
  if (cell.load->server_cores || cell.load->share) start += " " + cell.load->name;
  return start;
}

bool is_due(const Cell& cell, Measurements& all) {
  return can_run(cell) && all.conformance.refusal(*cell.baseline, *cell.workload).empty() &&
         all.failed_starts[start_of(cell)] < tried_starts;
}

std::size_t trials_left_in_block(UnderWay& run, int block) {
  return static_cast<std::size_t>(
      std::count_if(run.bench.cells.begin(), run.bench.cells.end(), [&](const Cell& cell) {
        return is_due(cell, run.all) && next_attempt(run.all.trials, cell, block);
      }));
}

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

// Asks every baseline for its replies and who it is, and says which are not timed.
void verify_all(UnderWay& run) {
  const VerificationSettings settings{run.how.server, run.how.log, run.seed};
  run.all.conformance =
      conformance_of(run.bench.cells, settings, run.stop,
                     [&](const Baseline& baseline) { run.progress.checks(baseline); });
  run.all.facts = run.all.conformance.facts();
  std::set<std::string> said;
  for (const Cell& cell : run.bench.cells) {
    const std::string reason = run.all.conformance.refusal(*cell.baseline, *cell.workload);
    if (!can_run(cell) || reason.empty() || !said.insert(start_of(cell)).second) continue;
    run.progress.say(fmt::format("{} is not timed: {}", start_of(cell), reason));
  }
}

// What the server said is kept for each trial; one that said nothing but where it listens has
// nothing to be read again.
void settle_log(const std::filesystem::path& log, const Trial& trial) {
  if (trial.valid && is_announcement_only(log)) return drop_log(log);
  const std::string again = trial.attempt > 0 ? fmt::format("-again-{}", trial.attempt) : "";
  keep_log(log, fmt::format("block-{}-{}{}.log", trial.block + 1, trial.order + 1, again));
}

// How this cell is measured; what keeps it from being so is its reason.
Measuring measuring_of(UnderWay& run, const Cell& cell) {
  Measuring how = run.how;
  how.rate = rate_for(cell, run.all.trials);
  how.refusal = open_files_reason(*cell.load, run.open_files);
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
Result<void> keep(UnderWay& run, const Cell& cell, Measured measured) {
  Trial& trial = measured.trial;
  run.progress.ended(trial);
  settle_log(run.how.log, trial);
  if (auto kept = run.journal.append(trial); !kept) return kept;
  // What this host cannot be asked for, or a client that fails, says nothing of the server: its
  // other loads are not dropped for that.
  int& failed = run.all.failed_starts[start_of(cell)];
  if (trial.requests > 0) failed = 0;
  if (trial.requests == 0 && trial.fault == text(Fault::server)) ++failed;
  if (measured.facts) run.all.facts[trial.baseline] = *measured.facts;
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
    if (auto kept = keep(run, cell, *std::move(measured)); !kept) return kept;
    if (is_settled) break;
  }
  return {};
}

Result<void> measure_block(UnderWay& run, int block) {
  int order = 0;
  for (const std::size_t index : order_of(run.bench.cells, run.seed, block)) {
    const Cell& cell = run.bench.cells[index];
    if (!is_due(cell, run.all)) continue;
    const int place = order++;
    const auto attempt = next_attempt(run.all.trials, cell, block);
    if (!attempt) continue;  // of a run that goes on
    if (auto kept = measure_cell(run, cell, block, place, *attempt); !kept) return kept;
    if (run.stop.requested()) return {};
  }
  ++run.all.blocks_done;
  return {};
}

// The one act.
Result<void> measure_all(UnderWay& run) {
  const Plan& plan = run.bench.plan;
  BlockTimes times;
  while (run.all.end == RunEnd::goes_on) {
    const auto began = Clock::now();
    if (times.done >= plan.blocks) run.progress.expects(trials_left_in_block(run, times.done));
    if (auto measured = measure_block(run, times.done); !measured) return measured;
    const double took = run.all.seconds_before[times.done] + seconds_since(began);
    ++times.done;
    times.gone_s += took;
    times.longest_s = std::max(times.longest_s, took);
    run.all.end =
        run.stop.requested() ? RunEnd::cut : end_of(plan, run.bench.cells, run.all.trials, times);
  }
  return {};
}

RunResult result_of(const Bench& bench, const Measurements& all, std::uint64_t seed) {
  RunResult result;
  result.plan = bench.plan.name;
  result.title = bench.plan.title;
  result.document = bench.plan.document;
  result.table = bench.plan.table;
  result.ours = bench.plan.ours;
  result.seed = seed;
  result.blocks = bench.plan.blocks;
  result.blocks_done = all.blocks_done;
  result.complete = all.end != RunEnd::goes_on && all.end != RunEnd::cut;
  result.ended_by = text(all.end == RunEnd::goes_on ? RunEnd::cut : all.end);
  result.warm_up_s = bench.plan.warm_up_s;
  result.measure_s = bench.plan.measure_s;
  result.workloads = workload_records(bench.cells);
  result.baselines = baseline_records(bench.cells, all.facts);
  result.loads = load_records(bench.plan);
  result.cells = summarise(bench.cells, all.trials, all.conformance);
  result.noise = noise_of(bench.cells, all.trials);
  result.ratios = compare(bench.cells, all.trials, result.noise);
  rank(result.cells, bench.cells, all.trials, result.noise);
  result.factors = factor_records(bench.plan.factors, result.cells, all.trials);
  result.scalings = scaling_records(bench.plan.scalings, result.cells, all.trials);
  result.trials = all.trials;
  return result;
}

std::filesystem::path runs_of_this_host(const Checkout& checkout) {
  return checkout.hosts() / host_id(host_facts());
}

std::string plan_text(const Checkout& checkout, const std::string& plan) {
  return text_of(checkout.folder / "harness" / "plans" / (plan + ".toml")).value_or("");
}

Result<std::filesystem::path> new_folder(const Checkout& checkout, const std::string& name) {
  std::filesystem::path folder = runs_of_this_host(checkout) / name;
  std::error_code error;
  const bool made = std::filesystem::create_directories(folder, error);
  if (error) return LabError::unwritable(folder.string(), error.message());
  if (!made) return LabError::run_exists(folder.string());
  return folder;
}

// A folder of its own, with what the run begins with in it.
Result<UnfinishedRun> begun(const Checkout& checkout, const RunOptions& options, const Bench& bench,
                            const Provenance& provenance) {
  const auto now = SystemClock::now();
  RunBeginning beginning{utc_name(now) + "-" + bench.plan.name,
                         bench.plan.name,
                         plan_text(checkout, options.plan),
                         options.workload,
                         options.blocks,
                         options.seed,
                         utc_text(now),
                         provenance.server_sha256,
                         provenance.assay_sha256,
                         provenance.sources};
  auto folder = new_folder(checkout, beginning.run);
  if (!folder) return folder.error();
  if (auto written = write_beginning(*folder, beginning); !written) return written.error();
  return UnfinishedRun{*std::move(folder), std::move(beginning), {}};
}

// Measures what is left and sums up.
Result<Run> finished(const Checkout& checkout, const Bench& bench, const UnfinishedRun& begun,
                     Measurements all, bool has_gates, const Provenance& provenance,
                     const HostRecord& host, const load::Stop& stop, Progress& progress) {
  auto journal = Journal::open(begun.folder / "journal.ndjson");
  if (!journal) return journal.error();
  const auto started = SystemClock::now();
  const CoreShares shares = shares_of(physical_cores());
  Measuring how;
  how.warm_up_s = bench.plan.warm_up_s;
  how.warm_up_most_s = bench.plan.warm_up_most_s;
  how.measure_s = bench.plan.measure_s;
  how.server = checkout.server();
  how.log = begun.folder / "server.log";
  how.cores = shares.server;
  how.client_cores = shares.client.size();
  how.has_gates = has_gates;
  double before_s = 0;
  for (const auto& [block, seconds] : all.seconds_before) before_s += seconds;
  UnderWay under_way{bench,
                     how,
                     begun.beginning.seed,
                     stop,
                     *journal,
                     progress,
                     cores_of_servers(shares, physical_cores()),
                     raise_open_files(),
                     std::move(all)};
  verify_all(under_way);
  keep_to_cores(shares.client);
  const auto measured = measure_all(under_way);

  Run run{begun.folder, result_of(bench, under_way.all, begun.beginning.seed)};
  const auto ended = SystemClock::now();
  run.result.run = begun.beginning.run;
  run.result.started = begun.beginning.started;
  run.result.resumed = begun.beginning.resumed;
  run.result.finished = utc_text(ended);
  run.result.duration_s = before_s + std::chrono::duration<double>(ended - started).count();
  run.result.provenance = provenance;
  run.result.host = host;
  const auto written = write_file(run.folder / "result.json", model::to_json(run.result) + "\n");
  // What was measured before the laboratory itself failed is kept, and then the failure is said.
  if (!measured) return measured.error();
  if (!written) return written.error();
  return run;
}

}  // namespace

Result<Run> run(const Checkout& checkout, const RunOptions& asked, const load::Stop& stop,
                std::FILE* out) {
  // Before the first trial: what is built or committed meanwhile is not what is measured.
  Provenance provenance = provenance_of(checkout, asked.argv);
  const HostRecord host = host_record();
  RunOptions options = asked;
  std::optional<UnfinishedRun> unfinished;
  if (options.resume) {
    auto found = unfinished_run(runs_of_this_host(checkout), options.plan,
                                plan_text(checkout, options.plan), provenance);
    if (!found) return found.error();
    options.workload = found->beginning.workload;
    options.blocks = found->beginning.blocks;
    options.seed = found->beginning.seed;
    unfinished = *std::move(found);
  }
  Bench bench;
  if (auto prepared = prepare(checkout, {options.plan, options.workload, options.blocks}, bench);
      !prepared)
    return prepared.error();
  provenance.sources = source_hashes(checkout.folder, sources_of(checkout, bench));
  if (unfinished) {
    if (auto same = check_sources(unfinished->beginning, provenance.sources); !same)
      return same.error();
  }
  Measurements all;
  if (unfinished) all = measured_before(*unfinished);
  const Left left = left_of(bench, all.trials);
  Progress progress(out, left.trials,
                    left.trials == 0 ? 0 : left.seconds / static_cast<double>(left.trials));
  say_what_is_missing(bench, progress);
  if (std::none_of(bench.cells.begin(), bench.cells.end(), can_run)) {
    return LabError::nothing_to_measure(options.plan, bench.cells.front().baseline->unavailable());
  }
  progress.say(fmt::format("plan {}: {} trials{} in {} blocks, about {}", bench.plan.name,
                           left.trials, unfinished ? " left" : "", bench.plan.blocks,
                           span_text(progress.seconds_left())));
  for (const std::string& note : host.notes) progress.say("note: " + note);
  if (!unfinished) {
    auto made = begun(checkout, options, bench, provenance);
    if (!made) return made.error();
    unfinished = *std::move(made);
  } else {
    unfinished->beginning.resumed.push_back(utc_text(SystemClock::now()));
    auto written = write_beginning(unfinished->folder, unfinished->beginning);
    if (!written) return written.error();
  }
  return finished(checkout, bench, *unfinished, std::move(all), options.has_gates, provenance, host,
                  stop, progress);
}

}  // namespace assay::lab
