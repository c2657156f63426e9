#include "harness/lab/summarise.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/load/warning.h"
#include "harness/statistics/comparison.h"
#include "harness/statistics/median.h"
#include "harness/statistics/median_interval.h"
#include "harness/statistics/noise_floor.h"
#include "harness/statistics/paired_ratio.h"
#include "harness/statistics/rank_interval.h"

namespace assay::lab {
namespace {

std::vector<Trial> trials_of(const Cell& cell, const std::vector<Trial>& trials) {
  std::vector<Trial> found;
  for (const Trial& trial : trials) {
    if (trial.workload == cell.workload->name && trial.baseline == cell.baseline->label() &&
        trial.load == cell.load->name && trial.twin == cell.is_twin) {
      found.push_back(trial);
    }
  }
  return found;
}

std::vector<double> values(const std::vector<Trial>& trials,
                           const std::function<double(const Trial&)>& value_of) {
  std::vector<double> found;
  for (const Trial& trial : trials) {
    if (trial.valid) found.push_back(value_of(trial));
  }
  return found;
}

Quantity quantity(const std::vector<double>& sample) {
  const auto interval = statistics::median_interval(sample);
  if (!interval) return {statistics::median(sample), std::nullopt, std::nullopt};
  return {interval->median, interval->low, interval->high};
}

// Why a cell has no figure: the baseline cannot run here, or what its trials say.
std::string missing_reason(const Cell& cell, const std::vector<Trial>& trials,
                           const Conformance& conformance) {
  if (!cell.baseline->unavailable().empty()) return cell.baseline->unavailable();
  std::string lacking = lacking_reason(*cell.baseline, *cell.workload);
  if (!lacking.empty()) return lacking;
  const std::string refused = conformance.refusal(*cell.baseline, *cell.workload);
  if (!refused.empty()) return refused;
  for (const Trial& trial : trials) {
    if (!trial.reasons.empty()) return trial.reasons.front();
  }
  return "not measured: the run was cut short";
}

// Each reason and warning once, with the number of trials that have it.
std::vector<std::string> warnings_of(const std::vector<Trial>& trials) {
  std::map<std::string, int> lost;
  std::map<std::string, int> warned;
  for (const Trial& trial : trials) {
    for (const std::string& reason : trial.reasons) ++lost[reason];
    for (const std::string& warning : trial.warnings) ++warned[warning];
  }
  std::vector<std::string> warnings;
  for (const auto& [warning, count] : warned) {
    warnings.push_back(fmt::format("{} of {} trials: {}", count, trials.size(), warning));
  }
  for (const auto& [reason, count] : lost) {
    warnings.push_back(fmt::format("{} of {} trials not valid: {}", count, trials.size(), reason));
  }
  return warnings;
}

bool has_p99(const std::vector<Trial>& trials) {
  return std::all_of(trials.begin(), trials.end(), [](const Trial& trial) {
    return !trial.valid || trial.latency_us.p99.has_value();
  });
}

// What became of every request, also of trials that are not valid: a server that answers a third
// with errors is shown with them.
void count_replies(const std::vector<Trial>& trials, CellRecord& record) {
  std::uint64_t right = 0;
  std::uint64_t wrong = 0;
  for (const Trial& trial : trials) {
    right += trial.requests;
    for (const auto& [kind, count] : trial.errors) wrong += count;
    for (const auto& [status, count] : trial.status) record.status[status] += count;
  }
  if (right + wrong == 0) return;
  record.error_share = static_cast<double>(wrong) / static_cast<double>(right + wrong);
}

// "; 36.5 % of the requests failed: 796 x 200, 414 x 500"; empty where none did.
std::string counts_text(const CellRecord& record) {
  if (!record.error_share || *record.error_share <= 0) return {};
  std::vector<std::string> counts;
  for (const auto& [status, count] : record.status) {
    counts.push_back(fmt::format("{} x {}", count, status));
  }
  return fmt::format("; {:.1f} % of the requests failed, replies by status: {}",
                     *record.error_share * 100,
                     counts.empty() ? "none" : fmt::format("{}", fmt::join(counts, ", ")));
}

CellRecord cell_record(const Cell& cell, const std::vector<Trial>& trials,
                       const Conformance& conformance) {
  CellRecord record;
  record.workload = cell.workload->name;
  record.baseline = cell.baseline->label();
  record.load = cell.load->name;
  record.trials = static_cast<int>(trials.size());
  const std::vector<double> rates = values(trials, [](const Trial& each) { return each.rate; });
  record.valid = static_cast<int>(rates.size());
  record.warnings = warnings_of(trials);
  count_replies(trials, record);
  std::string remark = conformance.remark(*cell.baseline, *cell.workload);
  if (!remark.empty()) record.warnings.push_back(std::move(remark));
  if (rates.empty()) {
    record.missing = missing_reason(cell, trials, conformance) + counts_text(record);
    return record;
  }
  const auto median_of = [&](const std::function<double(const Trial&)>& value_of) {
    return statistics::median(values(trials, value_of));
  };
  record.rate = quantity(rates);
  record.p50_us = median_of([](const Trial& each) { return each.latency_us.p50; });
  if (has_p99(trials)) {
    record.p99_us = median_of([](const Trial& each) { return each.latency_us.p99.value_or(0); });
  }
  record.cpu_us_per_request =
      quantity(values(trials, [](const Trial& each) { return each.server_cpu_us_per_request; }));
  record.memory_bytes =
      median_of([](const Trial& each) { return static_cast<double>(each.memory_bytes); });
  record.client_cpu = median_of([](const Trial& each) { return each.client_cpu; });
  if (*record.client_cpu > load::highest_client_cpu) {
    record.warnings.push_back(fmt::format(
        "client-bound: its busiest thread used {:.0f} % of a core, so the server may be faster",
        *record.client_cpu * 100));
  }
  return record;
}

// The rates of the blocks in which both have a valid trial, in the same order.
struct Pairs {
  std::vector<double> ours;
  std::vector<double> theirs;
};

Pairs paired(const std::vector<Trial>& ours, const std::vector<Trial>& theirs) {
  std::map<int, double> by_block;
  for (const Trial& trial : ours) {
    if (trial.valid) by_block[trial.block] = trial.rate;
  }
  Pairs pairs;
  for (const Trial& trial : theirs) {
    const auto match = by_block.find(trial.block);
    if (!trial.valid || match == by_block.end()) continue;
    pairs.ours.push_back(match->second);
    pairs.theirs.push_back(trial.rate);
  }
  return pairs;
}

Quantity ratio_of(const Pairs& pairs, const std::optional<statistics::Interval>& interval) {
  if (interval) return {interval->median, interval->low, interval->high};
  std::vector<double> logarithms;  // as with an interval: twice as fast and half as fast even out
  for (std::size_t i = 0; i < pairs.ours.size(); ++i) {
    logarithms.push_back(std::log(pairs.ours[i] / pairs.theirs[i]));
  }
  return {std::exp(statistics::median(logarithms)), std::nullopt, std::nullopt};
}

// The cells of one workload and load that have figures, with their rates by block.
struct Table {
  std::vector<std::string> labels;
  std::vector<statistics::RatesByBlock> rates;
};

std::string table_name(const std::string& workload, const std::string& load) {
  return workload + " " + load;
}

std::size_t blocks_in(const std::vector<Trial>& trials) {
  int last = -1;
  for (const Trial& trial : trials) last = std::max(last, trial.block);
  return static_cast<std::size_t>(last + 1);
}

void add(Table& table, const Cell& cell, const std::vector<Trial>& trials) {
  statistics::RatesByBlock rates(blocks_in(trials));
  bool any = false;
  for (const Trial& trial : trials_of(cell, trials)) {
    if (!trial.valid) continue;
    rates[static_cast<std::size_t>(trial.block)] = trial.rate;
    any = true;
  }
  if (!any) return;
  table.labels.push_back(cell.baseline->label());
  table.rates.push_back(std::move(rates));
}

}  // namespace

std::vector<CellRecord> summarise(const std::vector<Cell>& cells, const std::vector<Trial>& trials,
                                  const Conformance& conformance) {
  std::vector<CellRecord> records;
  for (const Cell& cell : cells) {
    if (!cell.is_twin) records.push_back(cell_record(cell, trials_of(cell, trials), conformance));
  }
  return records;
}

std::optional<NoiseRecord> noise_of(const std::vector<Cell>& cells,
                                    const std::vector<Trial>& trials) {
  std::vector<double> ratios;
  for (const Cell& twin : cells) {
    if (!twin.is_twin) continue;
    Cell first = twin;
    first.is_twin = false;
    const Pairs pairs = paired(trials_of(first, trials), trials_of(twin, trials));
    if (pairs.ours.empty()) continue;
    ratios.push_back(ratio_of(pairs, statistics::paired_ratio(pairs.ours, pairs.theirs)).median);
  }
  const auto noise = statistics::noise_floor(ratios);
  if (!noise) return std::nullopt;
  return NoiseRecord{noise->median, noise->p95, statistics::verdict_floor(noise), ratios.size()};
}

void rank(std::vector<CellRecord>& records, const std::vector<Cell>& cells,
          const std::vector<Trial>& trials, const std::optional<NoiseRecord>& noise) {
  const double floor = noise ? noise->floor : statistics::default_floor;
  std::map<std::string, Table> tables;
  for (const Cell& cell : cells) {
    if (!cell.is_twin) add(tables[table_name(cell.workload->name, cell.load->name)], cell, trials);
  }
  for (auto& [name, table] : tables) {
    const auto ranking = statistics::ranking(table.rates, floor);
    for (CellRecord& record : records) {
      if (table_name(record.workload, record.load) != name) continue;
      const auto place = std::find(table.labels.begin(), table.labels.end(), record.baseline);
      if (place == table.labels.end()) continue;
      const auto& found = ranking.ranks[static_cast<std::size_t>(place - table.labels.begin())];
      record.rank = RankRecord{found.low, found.high};
    }
  }
}

std::vector<RatioRecord> compare(const std::vector<Cell>& cells, const std::vector<Trial>& trials,
                                 const std::optional<NoiseRecord>& noise) {
  const double floor = noise ? noise->floor : statistics::default_floor;
  std::vector<RatioRecord> ratios;
  for (auto first = cells.begin(); first != cells.end(); ++first) {
    for (auto second = first + 1; second != cells.end(); ++second) {
      if (second->workload != first->workload || second->load != first->load) continue;
      if (first->is_twin || second->is_twin) continue;
      const Pairs pairs = paired(trials_of(*first, trials), trials_of(*second, trials));
      if (pairs.ours.empty()) continue;
      const auto interval = statistics::paired_ratio(pairs.ours, pairs.theirs);
      ratios.push_back({first->workload->name, first->load->name, first->baseline->label(),
                        second->baseline->label(), ratio_of(pairs, interval),
                        std::string(statistics::text(statistics::compared(interval, floor)))});
    }
  }
  return ratios;
}

}  // namespace assay::lab
