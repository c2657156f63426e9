#include "harness/lab/command/gate.h"

#include <fmt/format.h>

#include "harness/lab/plan/toml_file.h"
#include "harness/lab/trial/client_bound.h"

namespace assay::lab {
namespace {

const RatioRecord* ratio_for(const Lead& lead, const RunResult& result) {
  for (const RatioRecord& ratio : result.ratios) {
    if (ratio.ours == result.ours && ratio.theirs == lead.baseline &&
        ratio.workload == lead.workload && ratio.load == lead.load) {
      return &ratio;
    }
  }
  return nullptr;
}

// Why there is no ratio: what the baseline's cell says, or that it is not part of the plan.
std::string reason_for(const Lead& lead, const RunResult& result) {
  for (const CellRecord& cell : result.cells) {
    if (cell.baseline == lead.baseline && cell.workload == lead.workload &&
        cell.load == lead.load) {
      return cell.missing.empty() ? "there is nothing of ours to compare it with" : cell.missing;
    }
  }
  return fmt::format("plan {} has no such cell", result.plan);
}

Judged judged(const Lead& lead, const RunResult& result) {
  const std::string name = fmt::format("{} {} {}", lead.baseline, lead.workload, lead.load);
  const RatioRecord* ratio = ratio_for(lead, result);
  if (ratio == nullptr) {
    return {false, fmt::format("not measured  {}: {}", name, reason_for(lead, result))};
  }
  if (!ratio->rate.low || !ratio->rate.high) {
    return {false, fmt::format("no interval   {}: {:.2f}, fewer than six valid pairs of trials",
                               name, ratio->rate.median)};
  }
  if (ratio->verdict == client_bound_verdict) {
    return {false, fmt::format("client-bound  {}: the client held it back, so the lead may be less",
                               name)};
  }
  const bool kept = *ratio->rate.low >= lead.at_least;
  return {kept, fmt::format("{}  {}: {:.2f} ({:.2f} to {:.2f}), at least {:.2f} asked",
                            kept ? "kept        " : "fell        ", name, ratio->rate.median,
                            *ratio->rate.low, *ratio->rate.high, lead.at_least)};
}

}  // namespace

Result<GateRules> read_gate(const std::filesystem::path& path) {
  auto file = TomlFile::read(path);
  if (!file) return file.error();
  TomlTable root = file->root();
  root.only({"plan", "leads"});
  GateRules rules;
  rules.plan = root.text("plan");
  for (TomlTable& lead : root.tables("leads")) {
    lead.only({"baseline", "workload", "load", "at_least"});
    rules.leads.push_back(
        {lead.text("baseline"), lead.text("workload"), lead.text("load"), lead.number("at_least")});
  }
  if (const auto error = file->error()) return *error;
  return rules;
}

std::vector<Judged> judge(const GateRules& rules, const RunResult& result) {
  std::vector<Judged> lines;
  for (const Lead& lead : rules.leads) lines.push_back(judged(lead, result));
  return lines;
}

}  // namespace assay::lab
