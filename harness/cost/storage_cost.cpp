// storage_cost: what a get costs beside a plain reply, what each connection policy costs, and what
// group commit gains, end to end.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <string>

#include <fmt/format.h>

#include "harness/cost/cost_host.h"
#include "harness/cost/cost_rounds.h"
#include "harness/cost/cost_warning.h"
#include "harness/cost/disk_sync.h"
#include "harness/cost/scratch_folder.h"
#include "harness/cost/storage_contenders.h"
#include "harness/cost/storage_options.h"
#include "harness/cost/storage_table.h"
#include "harness/load/command/interrupt.h"
#include "harness/load/socket/file_limit.h"
#include "harness/statistics/median.h"
#include "server/model/json_write.h"

namespace {

using namespace assay::cost;  // NOLINT(google-build-using-namespace): the program of this folder
using assay::load::Stop;

constexpr std::size_t policy_connections = 64;
// Until SQLite's log has its size and is written from its beginning again, which syncs faster.
constexpr auto log_grows = std::chrono::seconds(1);

void say(const std::string& line) { fmt::print(stderr, "{}\n", line); }

int refuse(const CostError& error) {
  fmt::print(stderr, "error: {}\n  {}\n", error.what(), error.remedy());
  return 1;
}

// All that the parts need of the run.
struct Bench {
  const StorageOptions& options;
  const CostPlan& plan;
  const std::filesystem::path& folder;
  const Stop& stop;
};

// Writes every note that `contender` will be asked for, once.
Result<void> fill(const Bench& bench, const Contender& contender, std::size_t keys) {
  say(fmt::format("writing {} notes for {}", keys, contender.name));
  const auto server = RunningServer::start(contender, false, bench.plan.server_cores, bench.stop);
  if (!server) return server.error();
  const Question question = one_write(keys);
  for (std::size_t key = 0; key < keys; ++key) {
    if (bench.stop.requested()) return CostError::interrupted();
    const auto request = with_key(question, key);
    const auto reply = server->fetched(request);
    if (!reply) return reply.error();
    if (reply->status / 100 == 2) continue;
    return CostError::wrong_reply(contender.name, "PUT " + request.target,
                                  fmt::format("status {}: {}", reply->status, reply->body));
  }
  return {};
}

void note_absent(const CostRun& run, StorageReport& report) {
  for (const Absent& absent : run.absent) report.absent.push_back(figures_of(absent));
}

Result<void> add_reads(const Bench& bench, StorageReport& report) {
  CostPlan plan = bench.plan;
  for (const std::size_t each : bench.options.connections) {
    plan.rows.push_back({Shape::keep_alive, each});
  }
  std::vector<Contender> both = readers(bench.options, bench.folder);
  if (const auto done = fill(bench, both.front(), bench.options.keys); !done) return done.error();
  const Result<CostRun> run = measured_rounds(plan, std::move(both), bench.stop, &say);
  if (!run) return run.error();
  report.reads = figures_of(run->rows);
  for (const CostWarning& each : warnings_of(report.reads)) report.notes.push_back(text(each));
  return {};
}

Result<void> add_policies(const Bench& bench, StorageReport& report) {
  CostPlan plan = bench.plan;
  plan.path = "/db";
  plan.rows = {{Shape::keep_alive, policy_connections}};
  const Result<CostRun> run =
      measured_rounds(plan, policies(bench.options, bench.folder), bench.stop, &say);
  if (!run) return run.error();
  report.policies = figures_of(by_model(run->rows.front()));
  note_absent(*run, report);
  return {};
}

Result<void> add_writes(const Bench& bench, StorageReport& report) {
  CostPlan plan = bench.plan;
  plan.rows = {{Shape::keep_alive, writing_clients}};
  plan.lead_in = log_grows;
  std::map<std::string, std::vector<Batches>, std::less<>> batches;
  std::vector<double> syncs;
  plan.after = [&](const RunningServer& server) -> Result<void> {
    const Result<double> sync_us = disk_sync_us(bench.folder);
    if (!sync_us) return sync_us.error();
    syncs.push_back(*sync_us);
    const Result<Batches> counted = batches_of(server);
    if (!counted) return counted.error();
    batches[server.name()].push_back(*counted);
    return {};
  };
  std::vector<Contender> both = writers(bench.options, bench.folder);
  for (const Contender& each : both) {
    if (const auto done = fill(bench, each, writing_clients); !done) return done.error();
  }
  const Result<CostRun> run = measured_rounds(plan, std::move(both), bench.stop, &say);
  if (!run) return run.error();
  report.writes = figures_of(run->rows.front(), batches[std::string(one_by_one)],
                             batches[std::string(group_commit)]);
  report.writes->disk_sync_us = assay::statistics::median(syncs);
  return {};
}

int measure(const StorageOptions& options, const Stop& stop) {
  StorageReport report{options.rounds, options.seconds, options.seed, {}, {}, {}, {}, {}};
  CostPlan plan;
  plan.rounds = options.rounds;
  plan.duration = std::chrono::duration_cast<assay::load::nanoseconds>(
      std::chrono::duration<double>(options.seconds));
  plan.seed = options.seed;
  if (auto note = keep_apart(usable_cores(), plan)) report.notes.push_back(std::move(*note));
  const Result<ScratchFolder> folder = ScratchFolder::make(options.folder);
  if (!folder) return refuse(folder.error());
  const Bench bench{options, plan, folder->path(), stop};
  const std::pair<const char*, Result<void> (*)(const Bench&, StorageReport&)> parts[] = {
      {"reads", &add_reads}, {"policies", &add_policies}, {"writes", &add_writes}};
  for (const auto& [name, add] : parts) {
    if (!options.has(name)) continue;
    if (const auto done = add(bench, report); !done) return refuse(done.error());
  }
  fmt::print("{}", options.json ? assay::model::to_json(report) + "\n" : storage_table(report));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const ParsedStorageOptions parsed = storage_options(argc, argv);
  if (!parsed.options) {
    std::fputs(parsed.text.c_str(), parsed.exit_status == 0 ? stdout : stderr);
    return parsed.exit_status;
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::size_t sockets = policy_connections;
  for (const std::size_t each : parsed.options->connections) sockets = std::max(sockets, each);
  // Inherited by the servers, which have as many.
  if (const auto error = assay::load::allow_open_files(sockets)) {
    fmt::print(stderr, "warning: {}\n", error->what());
  }
  Stop stop;
  const assay::load::Interrupt interrupt(stop);
  try {
    return measure(*parsed.options, stop);
  } catch (const std::exception& error) {  // the file system, threads or memory
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
