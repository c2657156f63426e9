#include "harness/lab/plan/catalogue.h"

#include <algorithm>
#include <optional>
#include <set>

namespace assay::lab {
namespace {

// What a variant says of workloads that there are not would never come true.
std::optional<LabError> name_fault(const Catalogue& catalogue) {
  std::set<std::string> known;
  for (const Workload& workload : catalogue.workloads) {
    known.insert({workload.name, workload.folder()});
  }
  for (const Baseline& baseline : catalogue.baselines) {
    std::vector<std::string> named = baseline.only;
    for (const auto& [name, reason] : baseline.lacks) named.push_back(name);
    for (const Finding& finding : baseline.findings) named.push_back(finding.workload);
    for (const std::string& name : named) {
      if (known.contains(name)) continue;
      return LabError::bad_file(
          (baseline.folder / "baseline.toml").string(),
          baseline.variant + " names the workload \"" + name + "\", which there is not");
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Catalogue> read_catalogue(const Checkout& checkout) {
  auto workloads = all_workloads(checkout.folder);
  if (!workloads) return workloads.error();
  auto baselines = all_baselines(checkout.folder);
  if (!baselines) return baselines.error();
  Catalogue catalogue{*std::move(workloads), *std::move(baselines)};
  if (auto fault = name_fault(catalogue)) return *std::move(fault);
  return catalogue;
}

Result<std::vector<const Baseline*>> Catalogue::chosen(
    const std::vector<std::string>& names) const {
  std::set<std::string> known;
  for (const Baseline& baseline : baselines) known.insert({baseline.name, baseline.label()});
  for (const std::string& name : names) {
    if (!known.contains(name)) {
      return LabError::unknown("baseline", name, {known.begin(), known.end()});
    }
  }
  std::vector<const Baseline*> found;
  for (const Baseline& baseline : baselines) {
    const auto names_it = [&](const std::string& name) {
      return name == baseline.name || name == baseline.label();
    };
    if (names.empty() || std::any_of(names.begin(), names.end(), names_it)) {
      found.push_back(&baseline);
    }
  }
  return found;
}

}  // namespace assay::lab
