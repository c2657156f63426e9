#include "harness/lab/run/run.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "harness/lab/figures/factor_record.h"
#include "harness/lab/figures/records.h"
#include "harness/lab/figures/scaling_record.h"
#include "harness/lab/figures/summarise.h"
#include "harness/lab/file_text.h"
#include "harness/lab/host/core_shares.h"
#include "harness/lab/host/host.h"
#include "harness/lab/plan/plan.h"
#include "harness/lab/record/journal.h"
#include "harness/lab/record/run_beginning.h"
#include "harness/lab/run/bench.h"
#include "harness/lab/run/progress.h"
#include "harness/lab/run/provenance.h"
#include "harness/lab/run/run_end.h"
#include "harness/lab/run/source_hashes.h"
#include "harness/lab/run/under_way.h"
#include "harness/lab/time_text.h"
#include "harness/lab/trial/conformance.h"
#include "harness/lab/trial/trial.h"
#include "server/model/json_write.h"

namespace assay::lab {
namespace {

using SystemClock = std::chrono::system_clock;

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

// The command that goes on with a run does not say of which part of its plan it is.
void tell_of_part(const RunBeginning& beginning, std::vector<std::string>& argv) {
  if (beginning.workload) argv.push_back("--workload=" + *beginning.workload);
  if (beginning.blocks) argv.push_back(fmt::format("--blocks={}", *beginning.blocks));
}

RunResult result_of(const Bench& bench, const Measurements& all, std::uint64_t seed,
                    bool has_client_cores) {
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
  result.scalings =
      scaling_records(bench.plan.scalings, result.cells, all.trials, has_client_cores);
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
  const auto check_unchanged = [&]() -> Result<void> {
    const auto now = source_hashes(checkout.folder, sources_of(checkout, bench));
    if (const auto path = changed_source(provenance.sources, now)) {
      return LabError::changed_meanwhile(*path);
    }
    return {};
  };
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
                     check_unchanged,
                     std::move(all)};
  verify_all(under_way);
  keep_to_cores(shares.client);
  const auto measured = measure_all(under_way);

  Run run{begun.folder,
          result_of(bench, under_way.all, begun.beginning.seed, !shares.client.empty())};
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
    tell_of_part(found->beginning, provenance.argv);
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
