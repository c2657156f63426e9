#include "harness/lab/run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "harness/lab/catalogue.h"
#include "harness/lab/conformance.h"
#include "harness/lab/core_shares.h"
#include "harness/lab/file_text.h"
#include "harness/lab/host.h"
#include "harness/lab/journal.h"
#include "harness/lab/plan.h"
#include "harness/lab/progress.h"
#include "harness/lab/provenance.h"
#include "harness/lab/readiness.h"
#include "harness/lab/records.h"
#include "harness/lab/run_beginning.h"
#include "harness/lab/summarise.h"
#include "harness/lab/time_text.h"
#include "harness/lab/trial.h"
#include "server/model/json_write.h"

namespace assay::lab {
namespace {

using SystemClock = std::chrono::system_clock;

constexpr double start_s = 1.0;  // what a server takes to start and to end, about
constexpr int tried_starts = 2;  // in a row; a server that fails them is not tried again

// What a run works with, read before anything is started.
struct Bench {
  Plan plan;
  Catalogue catalogue;
  std::vector<Cell> cells;  // point into the others: a Bench is not copied
};

// The plan's own, once more in every block: how far the two are apart is the noise of the host.
void add_twins(Bench& bench) {
  std::vector<Cell> twins;
  for (const Cell& cell : bench.cells) {
    if (cell.baseline->label() == bench.plan.ours) twins.push_back(cell);
  }
  for (Cell& twin : twins) twin.is_twin = true;
  bench.cells.insert(bench.cells.end(), twins.begin(), twins.end());
}

Result<void> prepare(const Checkout& checkout, const RunOptions& options, Bench& bench) {
  auto plan = read_plan(checkout.folder, options.plan);
  if (!plan) return plan.error();
  auto catalogue = read_catalogue(checkout);
  if (!catalogue) return catalogue.error();
  bench.plan = *std::move(plan);
  bench.catalogue = *std::move(catalogue);
  if (options.workload) bench.plan.workloads = {*options.workload};
  if (options.blocks) bench.plan.blocks = *options.blocks;
  auto cells = cells_of(bench.plan, bench.catalogue.workloads, bench.catalogue.baselines);
  if (!cells) return cells.error();
  bench.cells = *std::move(cells);
  if (bench.plan.twin) add_twins(bench);
  return {};
}

bool can_run(const Cell& cell) {
  return cell.baseline->unavailable().empty() &&
         lacking_reason(*cell.baseline, *cell.workload).empty();
}

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
  std::map<std::string, Facts> facts;        // by label
  std::map<std::string, int> failed_starts;  // in a row, by baseline and workload
  Conformance conformance;
  int blocks_done = 0;
};

// A run while it goes on.
struct UnderWay {
  const Bench& bench;
  const Measuring& how;
  std::uint64_t seed;
  const load::Stop& stop;
  Journal& journal;
  Progress& progress;
  Measurements all;
};

std::string start_of(const Cell& cell) {
  return cell.baseline->label() + " " + cell.workload->name;
}

bool is_due(const Cell& cell, Measurements& all) {
  return can_run(cell) && all.conformance.refusal(*cell.baseline, *cell.workload).empty() &&
         all.failed_starts[start_of(cell)] < tried_starts;
}

// Asks every baseline for its replies, and says which are not timed.
void verify_all(UnderWay& run) {
  const VerificationSettings settings{run.how.server, run.how.log, run.seed};
  run.all.conformance =
      conformance_of(run.bench.cells, settings, run.stop,
                     [&](const Baseline& baseline) { run.progress.checks(baseline); });
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
  std::error_code ignored;
  const bool is_silent = trial.valid && is_announcement_only(log);
  const std::string name = fmt::format("block-{}-{}.log", trial.block + 1, trial.order + 1);
  if (is_silent) {
    std::filesystem::remove(log, ignored);
  } else {
    std::filesystem::create_directories(log.parent_path() / "logs", ignored);
    std::filesystem::rename(log, log.parent_path() / "logs" / name, ignored);
  }
}

// Measures one cell and keeps its trial before anything else starts; one that was cut is dropped.
Result<void> measure_cell(UnderWay& run, const Cell& cell, int block, int order) {
  run.progress.begins(cell, block, run.bench.plan.blocks);
  auto measured = measure(cell, run.how, run.stop);
  if (!measured) return measured.error();
  if (run.stop.requested()) return {};
  Trial& trial = measured->trial;
  trial.block = block;
  trial.order = order;
  trial.twin = cell.is_twin;
  run.progress.ended(trial);
  settle_log(run.how.log, trial);
  if (auto kept = run.journal.append(trial); !kept) return kept;
  int& failed = run.all.failed_starts[start_of(cell)];
  failed = trial.requests == 0 ? failed + 1 : 0;
  if (measured->facts) run.all.facts[trial.baseline] = *measured->facts;
  run.all.trials.push_back(std::move(trial));
  return {};
}

bool has_trial(const std::vector<Trial>& trials, const Cell& cell, int block) {
  return std::any_of(trials.begin(), trials.end(), [&](const Trial& trial) {
    return trial.block == block && trial.workload == cell.workload->name &&
           trial.baseline == cell.baseline->label() && trial.load == cell.load->name &&
           trial.twin == cell.is_twin;
  });
}

Result<void> measure_block(UnderWay& run, int block) {
  int order = 0;
  for (const std::size_t index : order_of(run.bench.cells.size(), run.seed, block)) {
    const Cell& cell = run.bench.cells[index];
    if (!is_due(cell, run.all)) continue;
    const int place = order++;
    if (has_trial(run.all.trials, cell, block)) continue;  // of a run that goes on
    if (auto kept = measure_cell(run, cell, block, place); !kept) return kept;
    if (run.stop.requested()) return {};
  }
  ++run.all.blocks_done;
  return {};
}

// The one act.
Result<void> measure_all(UnderWay& run) {
  for (int block = 0; block < run.bench.plan.blocks && !run.stop.requested(); ++block) {
    if (auto measured = measure_block(run, block); !measured) return measured;
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
  result.complete = all.blocks_done == bench.plan.blocks;
  result.warm_up_s = bench.plan.warm_up_s;
  result.measure_s = bench.plan.measure_s;
  result.workloads = workload_records(bench.cells);
  result.baselines = baseline_records(bench.cells, all.facts);
  result.loads = load_records(bench.plan);
  result.cells = summarise(bench.cells, all.trials, all.conformance);
  result.noise = noise_of(bench.cells, all.trials);
  result.ratios = compare(bench.cells, all.trials, result.noise);
  rank(result.cells, bench.cells, all.trials, result.noise);
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
                            const std::string& server_sha256) {
  const auto now = SystemClock::now();
  RunBeginning beginning{utc_name(now) + "-" + bench.plan.name,
                         bench.plan.name,
                         plan_text(checkout, options.plan),
                         options.workload,
                         bench.plan.blocks,
                         options.seed,
                         utc_text(now),
                         server_sha256};
  auto folder = new_folder(checkout, beginning.run);
  if (!folder) return folder.error();
  if (auto written = write_beginning(*folder, beginning); !written) return written.error();
  return UnfinishedRun{*std::move(folder), std::move(beginning), {}};
}

// Measures what is left and sums up.
Result<Run> finished(const Checkout& checkout, const Bench& bench, const UnfinishedRun& begun,
                     Measurements all, const Provenance& provenance, const load::Stop& stop,
                     Progress& progress) {
  auto journal = Journal::open(begun.folder / "journal.ndjson");
  if (!journal) return journal.error();
  const auto started = SystemClock::now();
  const CoreShares shares = shares_of(physical_cores());
  const Measuring how{bench.plan.warm_up_s, bench.plan.measure_s, checkout.server(),
                      begun.folder / "server.log", shares.server};
  const HostRecord host = host_record();
  UnderWay under_way{bench, how, begun.beginning.seed, stop, *journal, progress, std::move(all)};
  verify_all(under_way);
  keep_to_cores(shares.client);
  const auto measured = measure_all(under_way);

  Run run{begun.folder, result_of(bench, under_way.all, begun.beginning.seed)};
  const auto ended = SystemClock::now();
  run.result.run = begun.beginning.run;
  run.result.started = begun.beginning.started;
  run.result.finished = utc_text(ended);
  run.result.duration_s = std::chrono::duration<double>(ended - started).count();
  run.result.provenance = provenance;
  run.result.host = host;
  const auto written = write_file(run.folder / "result.json", model::to_json(run.result) + "\n");
  // What was measured before the laboratory itself failed is kept, and then the failure is said.
  if (!measured) return measured.error();
  if (!written) return written.error();
  return run;
}

// What is left of a plan, in trials.
std::size_t trials_left(const Bench& bench, const std::vector<Trial>& trials) {
  std::size_t left = 0;
  for (int block = 0; block < bench.plan.blocks; ++block) {
    left += static_cast<std::size_t>(std::count_if(
        bench.cells.begin(), bench.cells.end(),
        [&](const Cell& cell) { return can_run(cell) && !has_trial(trials, cell, block); }));
  }
  return left;
}

}  // namespace

Result<Run> run(const Checkout& checkout, const RunOptions& asked, const load::Stop& stop,
                std::FILE* out) {
  // Before the first trial: what is built or committed meanwhile is not what is measured.
  const Provenance provenance = provenance_of(checkout, asked.argv);
  RunOptions options = asked;
  std::optional<UnfinishedRun> unfinished;
  if (options.resume) {
    auto found = unfinished_run(runs_of_this_host(checkout), options.plan,
                                plan_text(checkout, options.plan), provenance.server_sha256);
    if (!found) return found.error();
    options.workload = found->beginning.workload;
    options.blocks = found->beginning.blocks;
    options.seed = found->beginning.seed;
    unfinished = *std::move(found);
  }
  Bench bench;
  if (auto prepared = prepare(checkout, options, bench); !prepared) return prepared.error();
  Measurements all;
  if (unfinished) all.trials = std::move(unfinished->trials);
  const double trial_s = bench.plan.warm_up_s + bench.plan.measure_s + start_s;
  const std::size_t left = trials_left(bench, all.trials);
  Progress progress(out, left, trial_s);
  say_what_is_missing(bench, progress);
  if (std::none_of(bench.cells.begin(), bench.cells.end(), can_run)) {
    return LabError::nothing_to_measure(options.plan, bench.cells.front().baseline->unavailable());
  }
  progress.say(fmt::format("plan {}: {} trials{} in {} blocks, about {}", bench.plan.name, left,
                           unfinished ? " left" : "", bench.plan.blocks,
                           span_text(progress.seconds_left())));
  if (!unfinished) {
    auto made = begun(checkout, options, bench, provenance.server_sha256);
    if (!made) return made.error();
    unfinished = *std::move(made);
  }
  return finished(checkout, bench, *unfinished, std::move(all), provenance, stop, progress);
}

}  // namespace assay::lab
