#include "harness/lab/run/run_end.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>

#include "harness/lab/trial/attempts.h"
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

// From "2026-11-21T12:03:01Z", as trials have it; 0 for what is no such text.
double seconds_of_utc(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const int read =
      std::sscanf(text.c_str(), "%d-%d-%dT%d:%d:%dZ", &year, &month, &day, &hour, &minute, &second);
  if (read != 6) return 0;
  const std::chrono::sys_days days = std::chrono::year(year) / month / day;
  return std::chrono::duration<double>(days.time_since_epoch()).count() + hour * 3600.0 +
         minute * 60.0 + second;
}

// How often the run had gone on before the trial began: which part of it the trial is of.
std::ptrdiff_t part_of(const Trial& trial, const std::vector<std::string>& resumed) {
  return std::count_if(resumed.begin(), resumed.end(),
                       [&](const std::string& time) { return time <= trial.started; });
}

}  // namespace

std::map<int, double> seconds_by_block(const std::vector<Trial>& trials,
                                       const std::vector<std::string>& resumed) {
  std::map<int, double> seconds;
  for (auto trial = trials.begin(); trial != trials.end(); ++trial) {
    const auto next = trial + 1;
    double took = trial->warm_up_s.value_or(0) + trial->duration_s;
    if (next != trials.end() && part_of(*next, resumed) == part_of(*trial, resumed)) {
      took = std::max(took, seconds_of_utc(next->started) - seconds_of_utc(trial->started));
    }
    seconds[trial->block] += took;
  }
  return seconds;
}

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
