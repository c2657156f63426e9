// server_cost: what a request costs the reference and its rivals, beside the floor.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "harness/cost/cost_figures.h"
#include "harness/cost/cost_host.h"
#include "harness/cost/cost_options.h"
#include "harness/cost/cost_table.h"
#include "harness/cost/cost_warning.h"
#include "harness/cost/rivals.h"
#include "harness/cost/running_server.h"
#include "harness/load/command/interrupt.h"
#include "harness/load/socket/file_limit.h"
#include "server/model/json_write.h"

namespace {

using namespace assay::cost;  // NOLINT(google-build-using-namespace): the program of this folder
using assay::load::Stop;

constexpr Row one_request{Shape::keep_alive, 1};

void say(const std::string& line) { fmt::print(stderr, "{}\n", line); }

int refuse(const CostError& error) {
  fmt::print(stderr, "error: {}\n  {}\n", error.what(), error.remedy());
  return 1;
}

CostPlan plan_of(const CostOptions& options) {
  CostPlan plan;
  plan.path = options.path;
  plan.rows = options.rows;
  plan.rounds = options.rounds;
  plan.duration = std::chrono::duration_cast<assay::load::nanoseconds>(
      std::chrono::duration<double>(options.seconds));
  plan.seed = options.seed;
  return plan;
}

Contender reference_of(const CostOptions& options) {
  Contender reference{"assay", words_of(options.reference), {}, {}, {}};
  replace_in(reference.command, "workers", "1");
  return reference;
}

Result<std::string> body_of(const Contender& reference, const CostPlan& plan, const Stop& stop) {
  const auto server = RunningServer::start(reference, false, plan.server_cores, stop);
  if (!server) return server.error();
  const Result<ReplySample> sample = server->sample(one_request, plan.path);
  if (!sample) return sample.error();
  return sample->body;
}

// Those asked for that this machine has; the others go into the report.
std::vector<Contender> rivals_here(const CostOptions& options, const Workshop& workshop,
                                   CostReport& report) {
  std::vector<Contender> here;
  for (const Rival& rival : rivals()) {
    const auto& wanted = options.rivals;
    if (std::find(wanted.begin(), wanted.end(), rival.name) == wanted.end()) continue;
    say("making ready: " + rival.name);
    Result<Contender> made = rival.made(workshop);
    if (made) {
      here.push_back(std::move(*made));
    } else {
      report.absent.push_back(figures_of(Absent{rival.name, made.error()}));
    }
  }
  return here;
}

Result<void> add_rows(const CostOptions& options, const CostPlan& plan, const std::string& beast,
                      const Stop& stop, CostReport& report) {
  const Contender reference = reference_of(options);
  const Result<std::string> body = body_of(reference, plan, stop);
  if (!body) return body.error();
  const Result<ScratchFolder> scratch = ScratchFolder::make();
  if (!scratch) return scratch.error();
  const auto body_file = scratch->write("body", *body);
  if (!body_file) return body_file.error();
  const std::vector<std::string> floor = {options.floor, "--port", "0", "--body",
                                          body_file->string()};
  std::vector<std::string> closing_floor = floor;
  closing_floor.emplace_back("--close");
  std::vector<Contender> all = {{"floor", floor, closing_floor, {}, {}}, reference};
  if (!options.built.empty()) all.push_back({"json", words_of(options.built), {}, {}, {}});
  for (Contender server : options.servers) {
    replace_in(server.command, "body", body_file->string());
    all.push_back(std::move(server));
  }
  const Workshop workshop{options.rival_sources,
                          options.rival_builds,
                          beast,
                          *scratch,
                          *body,
                          body_file->string(),
                          stop};
  for (Contender& rival : rivals_here(options, workshop, report)) all.push_back(std::move(rival));
  Result<CostRun> run = measured_rounds(plan, std::move(all), stop, &say);
  if (!run) return run.error();
  report.rows = figures_of(run->rows);
  for (const CostWarning& warning : warnings_of(report.rows)) report.notes.push_back(text(warning));
  for (const Absent& absent : run->absent) report.absent.push_back(figures_of(absent));
  return {};
}

Result<void> add_idle(const CostOptions& options, const CostPlan& plan, const Stop& stop,
                      CostReport& report) {
  const auto idle = measured_idle(plan, reference_of(options), options.idle, stop, &say);
  if (!idle) return idle.error();
  report.idle = figures_of(*idle);
  return {};
}

Result<void> add_scaling(const CostOptions& options, const CostPlan& plan,
                         const std::vector<int>& usable, const Stop& stop, CostReport& report) {
  const Contender reference{"assay", words_of(options.reference), {}, {}, {}};
  const auto scaling = measured_scaling(plan, reference, usable, stop, &say);
  if (!scaling) return scaling.error();
  report.scaling = figures_of(*scaling);
  return {};
}

int measure(const CostOptions& options, const std::string& beast, const Stop& stop) {
  CostReport report{options.rounds, options.seconds, options.seed, {}, {}, {}, {}, {}};
  CostPlan plan = plan_of(options);
  const std::vector<int> usable = usable_cores();
  if (auto note = keep_apart(usable, plan)) report.notes.push_back(std::move(*note));
  if (!options.rows.empty()) {
    if (const auto done = add_rows(options, plan, beast, stop, report); !done) {
      return refuse(done.error());
    }
  }
  if (options.idle > 0) {
    if (const auto done = add_idle(options, plan, stop, report); !done) return refuse(done.error());
  }
  if (options.scaling) {
    if (const auto done = add_scaling(options, plan, usable, stop, report); !done) {
      return refuse(done.error());
    }
  }
  fmt::print("{}", options.json ? assay::model::to_json(report) + "\n" : cost_table(report));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const ParsedCostOptions parsed = cost_options(argc, argv);
  if (!parsed.options) {
    std::fputs(parsed.text.c_str(), parsed.exit_status == 0 ? stdout : stderr);
    return parsed.exit_status;
  }
  std::signal(SIGPIPE, SIG_IGN);
  // Inherited by the servers, which have as many.
  if (const auto error = assay::load::allow_open_files(sockets_of(*parsed.options))) {
    fmt::print(stderr, "warning: {}\n", error->what());
  }
  Stop stop;
  const assay::load::Interrupt interrupt(stop);
  try {
    const auto beside = std::filesystem::path(argv[0]).parent_path() / "rival_beast";
    return measure(*parsed.options, beside.string(), stop);
  } catch (const std::exception& error) {  // the file system, threads or memory
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
