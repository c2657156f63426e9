#include "harness/lab/catalogue.h"

#include <algorithm>
#include <set>

namespace assay::lab {

Result<Catalogue> read_catalogue(const Checkout& checkout) {
  auto workloads = all_workloads(checkout.folder);
  if (!workloads) return workloads.error();
  auto baselines = all_baselines(checkout.folder);
  if (!baselines) return baselines.error();
  return Catalogue{*std::move(workloads), *std::move(baselines)};
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
