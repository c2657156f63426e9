#include "harness/lab/list_command.h"

#include <set>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/lab/catalogue.h"
#include "harness/lab/checkout.h"
#include "harness/lab/exit_status.h"
#include "harness/lab/plan.h"
#include "harness/lab/verification.h"

namespace assay::lab {
namespace {

// What a baseline has no file for, and what a variant lacks of the rest.
std::string lacking(const Catalogue& catalogue, const Baseline& baseline) {
  std::set<std::string> names;
  for (const Workload& workload : catalogue.workloads) {
    const bool is_for_others = !workload.only.empty() && !workload.runs_on(baseline.implementation);
    if (is_for_others) continue;
    if (!workload.runs_on(baseline.implementation)) names.insert(workload.folder());
    if (baseline.is_without(workload.name)) names.insert(workload.name);
  }
  return names.empty() ? "" : fmt::format("without {}", fmt::join(names, ", "));
}

int list_command() {
  const auto checkout = Checkout::here();
  if (!checkout) return say(checkout.error());
  const auto catalogue = read_catalogue(*checkout);
  if (!catalogue) return say(catalogue.error());
  fmt::print("plans: {}\n\nworkloads\n", fmt::join(plan_names(checkout->folder), ", "));
  for (const Workload& workload : catalogue->workloads) {
    fmt::print("  {:<24}{}\n", workload.name, workload.title);
  }
  fmt::print("\nbaselines\n");
  for (const Baseline& baseline : catalogue->baselines) {
    const bool available = baseline.unavailable().empty();
    fmt::print("  {:<31} {}\n", baseline.label(),
               available ? lacking(*catalogue, baseline) : "-  " + baseline.unavailable());
  }
  return good;
}

}  // namespace

void add_list_command(CLI::App& app, int& exit_status) {
  app.add_subcommand("list", "Plans, workloads and baselines, and why one cannot run here")
      ->callback([&exit_status] { exit_status = list_command(); });
}

}  // namespace assay::lab
