#include "harness/lab/run_end.h"

#include <algorithm>
#include <cstddef>

#include "harness/lab/attempts.h"
#include "harness/statistics/precision.h"

namespace assay::lab {
namespace {

// An open loop's rate is what was asked for, and a search ends with one rate of many.
// A run that goes on has trials of later blocks already, and must end where it would have ended.
bool is_precise(const Plan& plan, const Cell& cell, const std::vector<Trial>& trials, int blocks) {
  if (cell.is_twin || cell.load->is_open()) return true;
  std::vector<double> rates;
  for (const auto& [block, rate] : rates_by_block(trials_of(trials, cell))) {
    if (block < blocks) rates.push_back(rate);
  }
  if (rates.empty()) return true;
  statistics::PrecisionRule rule;
  rule.fewest = static_cast<std::size_t>(plan.blocks);
  rule.most = static_cast<std::size_t>(plan.most_blocks);
  return statistics::progress(rates, rule) != statistics::Progress::measuring;
}

}  // namespace

std::string_view text(RunEnd end) noexcept {
  switch (end) {
    case RunEnd::goes_on: return "";
    case RunEnd::blocks: return "blocks";
    case RunEnd::precision: return "precision";
    case RunEnd::time: return "time";
    case RunEnd::cut: return "cut";
  }
  return "";
}

RunEnd end_of(const Plan& plan, const std::vector<Cell>& cells, const std::vector<Trial>& trials,
              const BlockTimes& times) {
  if (times.done >= plan.most_blocks) return RunEnd::blocks;
  if (times.done == 0) return RunEnd::goes_on;
  if (times.done >= plan.blocks && std::all_of(cells.begin(), cells.end(), [&](const Cell& cell) {
        return is_precise(plan, cell, trials, times.done);
      })) {
    return plan.most_blocks > plan.blocks ? RunEnd::precision : RunEnd::blocks;
  }
  if (plan.budget_s && times.gone_s + times.longest_s > *plan.budget_s) return RunEnd::time;
  return RunEnd::goes_on;
}

}  // namespace assay::lab
