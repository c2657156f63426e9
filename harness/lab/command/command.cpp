#include "harness/lab/command/command.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/lab/checkout.h"
#include "harness/lab/command/compare_command.h"
#include "harness/lab/command/gate.h"
#include "harness/lab/command/list_command.h"
#include "harness/lab/command/schema_command.h"
#include "harness/lab/command/verify_command.h"
#include "harness/lab/exit_status.h"
#include "harness/lab/figures/run_text.h"
#include "harness/lab/host/host.h"
#include "harness/lab/host/host_lock.h"
#include "harness/lab/plan/catalogue.h"
#include "harness/lab/record/result_file.h"
#include "harness/lab/run/run.h"
#include "harness/load/command/interrupt.h"

namespace assay::lab {
namespace {

// Runs and prints the figures; the result stays with the caller.
Result<Run> run_and_print(const Checkout& checkout, const RunOptions& options) {
  const auto lock = HostLock::take();
  if (!lock) return lock.error();
  load::Stop stop;
  const load::Interrupt interrupt(stop);
  auto made = run(checkout, options, stop, stderr);
  if (!made) return made;
  fmt::print("{}", text(made->result));
  std::fflush(stdout);  // what is said on standard error comes after it
  fmt::print(stderr, "\nresult: {}\n", (made->folder / "result.json").string());
  if (!made->result.complete) {
    fmt::print(stderr,
               "cut short after {} of {} blocks; what was measured is kept\n"
               "  go on with it: assay run {} --resume\n",
               made->result.blocks_done, made->result.blocks, made->result.plan);
  }
  return made;
}

int run_command(const RunOptions& options) {
  const auto checkout = Checkout::here();
  if (!checkout) return say(checkout.error());
  const auto made = run_and_print(*checkout, options);
  if (!made) return say(made.error());
  const bool any = std::any_of(made->result.cells.begin(), made->result.cells.end(),
                               [](const CellRecord& cell) { return cell.rate.has_value(); });
  return made->result.complete && any ? good : answer_is_no;
}

int gate_command(RunOptions options, const std::string& result_file) {
  const auto checkout = Checkout::here();
  if (!checkout) return say(checkout.error());
  const auto rules = read_gate(checkout->folder / "ci" / "gate.toml");
  if (!rules) return say(rules.error());
  RunResult result;
  if (result_file.empty()) {
    options.plan = rules->plan;
    const auto made = run_and_print(*checkout, options);
    if (!made) return say(made.error());
    if (!made->result.complete) return answer_is_no;
    result = made->result;
  } else {
    auto read = read_result(result_file);
    if (!read) return say(read.error());
    result = *std::move(read);
    fmt::print("run {} of host {} ({})\n", result.run, result.host.id, result.host.cpu);
    if (!result.complete) {
      return say(LabError::bad_file(result_file, "is of a run that was cut short"));
    }
  }
  bool all_kept = true;
  for (const Judged& judged : judge(*rules, result)) {
    fmt::print("{}\n", judged.line);
    all_kept &= judged.kept;
  }
  fmt::print("gate: {}\n", all_kept ? "the reference keeps its lead" : "fell");
  return all_kept ? good : answer_is_no;
}

// A name and what is said of it, a line each, beneath each other; of several things that are parted
// by " | " each has a line of its own.
void print_aligned(const std::map<std::string, std::string>& lines) {
  constexpr std::string_view next = " | ";
  std::size_t width = 0;
  for (const auto& [name, text] : lines) width = std::max(width, name.size());
  for (const auto& [name, text] : lines) {
    std::string_view label = name;
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find(next, from), text.size());
      fmt::print("  {:<{}}  {}\n", label, width, text.substr(from, end - from));
      from = end + next.size();
      label = {};
    }
  }
}

int doctor_command() {
  const HostFacts facts = host_facts();
  fmt::print("host {}\n  {}, {} cores, {} GiB\n  {}, {}, {}\n", host_id(facts), facts.cpu,
             facts.cores, facts.memory_bytes >> 30U, facts.distribution, facts.system,
             facts.architecture);
  std::vector<std::string> warnings = host_notes(facts);
  for (const std::string& warning : warnings) fmt::print("  note: {}\n", warning);
  fmt::print("settings\n");
  print_aligned(host_settings());
  const auto checkout = Checkout::here();
  if (!checkout) return say(checkout.error());
  const auto catalogue = read_catalogue(*checkout);
  if (!catalogue) return say(catalogue.error());
  std::map<std::string, std::string> states;
  for (const Baseline& baseline : catalogue->baselines) {
    const std::string reason = baseline.unavailable();
    states[baseline.label()] = reason.empty() ? "ready" : "- " + reason;
  }
  fmt::print("baselines\n");
  print_aligned(states);
  return good;
}

CLI::Option* add_seed(CLI::App& command, RunOptions& options) {
  return command.add_option("--seed", options.seed, "Of the order of trials")
      ->capture_default_str()
      ->check([](const std::string& text) {
        return text.starts_with('-') ? std::string("is a number from 0 on") : std::string();
      });
}

constexpr auto run_help = R"(Run a plan on this host and keep its results.

  assay run quick                      ten minutes at most: does all of it work here?
  assay run quick --workload json      the plan's cells on another workload
  assay run quick --blocks 15          more trials per cell make narrower intervals
  assay run quick --resume             go on with a run that was cut off

Results: results/hosts/<host>/<run>/    Next: make report
)";

constexpr auto gate_help = R"(Does the reference keep its lead over each Python baseline?

  assay gate                           runs the plan that ci/gate.toml names, then judges it
  assay gate --result FILE             judges a run that is there

Exit status 0: it keeps it; 1: it fell, or could not be judged. (`make gate`
turns every failure into 2, as make does.)
)";

}  // namespace

void add_commands(CLI::App& app, int& exit_status, const std::vector<std::string>& argv) {
  // Shared with the callbacks, which CLI11 calls after this function has returned.
  const auto options = std::make_shared<RunOptions>();
  options->argv = argv;
  const auto result_file = std::make_shared<std::string>();

  CLI::App* run = app.add_subcommand("run", run_help);
  run->add_option("plan", options->plan, "One of: assay list")->capture_default_str();
  CLI::Option* workload =
      run->add_option("--workload", options->workload, "Instead of the plan's workloads");
  CLI::Option* blocks =
      run->add_option("--blocks", options->blocks, "Trials per cell (default: the plan's)")
          ->check(CLI::Range(1, 1000));
  CLI::Option* seed = add_seed(*run, *options);
  // What a run began with it goes on with.
  run->add_flag("--resume", options->resume,
                "Go on with the newest run of the plan that was cut off")
      ->excludes(workload)
      ->excludes(blocks)
      ->excludes(seed);
  run->callback([=, &exit_status] { exit_status = run_command(*options); });

  CLI::App* gate = app.add_subcommand("gate", gate_help);
  gate->add_option("--result", *result_file, "A result.json to judge instead of a new run");
  add_seed(*gate, *options);
  gate->callback([=, &exit_status] { exit_status = gate_command(*options, *result_file); });

  add_verify_command(app, exit_status);
  add_list_command(app, exit_status);
  add_compare_command(app, exit_status);
  add_schema_command(app, exit_status);
  app.add_subcommand("doctor", "What this host is, and what a run on it would lack")
      ->callback([&exit_status] { exit_status = doctor_command(); });
}

}  // namespace assay::lab
