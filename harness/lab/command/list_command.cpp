#include "harness/lab/command/list_command.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/lab/checkout.h"
#include "harness/lab/exit_status.h"
#include "harness/lab/plan/catalogue.h"
#include "harness/lab/plan/plan.h"
#include "harness/lab/trial/verification.h"

namespace assay::lab {
namespace {

// The folders, each once and in their order: the columns of the matrix.
std::vector<std::string> folders_of(const Catalogue& catalogue) {
  std::vector<std::string> folders;
  for (const Workload& workload : catalogue.workloads) {
    if (folders.empty() || folders.back() != workload.folder())
      folders.push_back(workload.folder());
  }
  return folders;
}

// Of a folder's variants: "yes" all that are for this baseline, "-" none, "2/3" some.
struct Coverage {
  int has = 0;
  int all = 0;
  std::set<std::string> reasons;  // why not

  std::string text() const {
    if (has == all) return all == 0 ? "-" : "yes";
    return has == 0 ? "-" : fmt::format("{}/{}", has, all);
  }
};

Coverage coverage_of(const Catalogue& catalogue, const Baseline& baseline,
                     const std::string& folder) {
  Coverage coverage;
  for (const Workload& workload : catalogue.workloads) {
    if (workload.folder() != folder || workload.is_for_others(baseline.implementation)) continue;
    ++coverage.all;
    const std::string reason = lacking_reason(baseline, workload);
    if (reason.empty()) ++coverage.has;
    if (!reason.empty()) coverage.reasons.insert(reason);
  }
  return coverage;
}

// A row of the matrix; its reasons are added to those that are printed below it.
void print_row(const Catalogue& catalogue, const Baseline& baseline,
               const std::vector<std::string>& folders,
               std::map<std::pair<std::string, std::string>, std::set<std::string>>& reasons) {
  fmt::print("  {:<31}", baseline.label());
  for (const std::string& folder : folders) {
    const Coverage coverage = coverage_of(catalogue, baseline, folder);
    fmt::print(" {:<{}}", coverage.text(), std::max<std::size_t>(folder.size(), 3));
    for (const std::string& reason : coverage.reasons) {
      reasons[{baseline.name, reason}].insert(folder);
    }
  }
  fmt::print("{}\n", baseline.unavailable().empty() ? "" : "  not here: " + baseline.unavailable());
}

void print_matrix(const Catalogue& catalogue) {
  const std::vector<std::string> folders = folders_of(catalogue);
  std::map<std::pair<std::string, std::string>, std::set<std::string>> reasons;
  fmt::print("\n{:<33}", "baselines");
  for (const std::string& folder : folders) {
    fmt::print(" {:<{}}", folder, std::max<std::size_t>(folder.size(), 3));
  }
  fmt::print("\n");
  for (const Baseline& baseline : catalogue.baselines) {
    print_row(catalogue, baseline, folders, reasons);
  }
  fmt::print("\nwhy not\n");
  for (const auto& [which, workloads] : reasons) {
    fmt::print("  {:<12} {}: {}\n", which.first, fmt::join(workloads, ", "), which.second);
  }
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
  print_matrix(*catalogue);
  return good;
}

}  // namespace

void add_list_command(CLI::App& app, int& exit_status) {
  app.add_subcommand("list", "Plans, workloads and baselines, and why one cannot run here")
      ->callback([&exit_status] { exit_status = list_command(); });
}

}  // namespace assay::lab
