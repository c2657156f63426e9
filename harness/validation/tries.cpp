#include "harness/validation/tries.h"

#include <algorithm>

namespace assay::validation {
namespace {

// The readings of one figure, in the order of the tries. Of some runs a figure is missing.
Checks readings_of(const Check& figure, const std::vector<Checks>& tries) {
  Checks readings;
  for (std::size_t i = 0; i < tries.size(); ++i) {
    const auto is_it = [&](const Check& check) { return check.what == figure.what; };
    const auto found = std::find_if(tries[i].begin(), tries[i].end(), is_it);
    if (found == tries[i].end()) continue;
    readings.push_back(*found);
    readings.back().at_try = static_cast<int>(i + 1);
  }
  return readings;
}

std::size_t count(const Checks& checks, Verdict verdict) {
  const auto has = [&](const Check& check) { return check.verdict == verdict; };
  return static_cast<std::size_t>(std::count_if(checks.begin(), checks.end(), has));
}

Check standing(const Checks& readings) {
  const auto first = [&](Verdict verdict) {
    const auto has = [&](const Check& check) { return check.verdict == verdict; };
    return std::find_if(readings.begin(), readings.end(), has);
  };
  const std::size_t enough = std::min<std::size_t>(readings.size(), 2);
  if (count(readings, Verdict::disagrees) >= enough) return *first(Verdict::disagrees);
  const auto agreeing = first(Verdict::agrees);
  if (agreeing != readings.end()) return *agreeing;
  return *first(Verdict::not_judged);
}

}  // namespace

bool all_agree(const Checks& checks) { return count(checks, Verdict::agrees) == checks.size(); }

bool any_disagrees(const Checks& checks) { return count(checks, Verdict::disagrees) > 0; }

Checks settled(const std::vector<Checks>& tries) {
  Checks checks;
  for (const Check& figure : tries.front()) {
    checks.push_back(standing(readings_of(figure, tries)));
  }
  return checks;
}

}  // namespace assay::validation
