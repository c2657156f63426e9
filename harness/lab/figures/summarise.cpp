#include "harness/lab/figures/summarise.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/lab/record/quantity.h"
#include "harness/lab/trial/attempts.h"
#include "harness/lab/trial/client_bound.h"
#include "harness/lab/trial/document_client.h"
#include "harness/statistics/median.h"
#include "harness/statistics/median_interval.h"

namespace assay::lab {
namespace {

std::optional<RangeRecord> range(const std::vector<double>& sample) {
  const auto interval = statistics::median_interval(sample);
  if (!interval) return std::nullopt;
  return RangeRecord{interval->low, interval->high};
}

// Why a cell has no figure: the baseline cannot run here, or what its trials say.
std::string missing_reason(const Cell& cell, const std::vector<Cell>& cells,
                           const std::vector<Trial>& all, const Conformance& conformance) {
  if (!cell.baseline->unavailable().empty()) return cell.baseline->unavailable();
  std::string lacking = lacking_reason(*cell.baseline, *cell.workload);
  if (!lacking.empty()) return lacking;
  const std::string refused = conformance.refusal(*cell.baseline, *cell.workload);
  if (!refused.empty()) return refused;
  for (const Trial* trial : trials_of(all, cell).counted) {
    if (!trial->reasons.empty()) return trial->reasons.front();
  }
  if (const Trial* other = dropped_for(all, cell, cells);
      other != nullptr && !other->reasons.empty()) {
    return fmt::format("it failed under {}, and was not asked again: {}", other->load,
                       other->reasons.front());
  }
  return "not measured: the run was cut short";
}

// Each reason and warning once, with the number of trials that have it.
std::vector<std::string> warnings_of(const CellTrials& trials) {
  std::map<std::string, int> lost;
  std::map<std::string, int> warned;
  std::map<std::string, int> repeated;
  for (const Trial* trial : trials.counted) {
    for (const std::string& reason : trial->reasons) ++lost[reason];
    for (const std::string& warning : trial->warnings) ++warned[warning];
  }
  for (const Trial* trial : trials.repeated) {
    ++repeated[fmt::format("{}", fmt::join(trial->reasons, "; "))];
  }
  const std::size_t all = trials.counted.size();
  std::vector<std::string> warnings;
  for (const auto& [warning, count] : warned) {
    warnings.push_back(fmt::format("{} of {} trials: {}", count, all, warning));
  }
  for (const auto& [reason, count] : lost) {
    warnings.push_back(fmt::format("{} of {} trials not valid: {}", count, all, reason));
  }
  for (const auto& [reason, count] : repeated) {
    warnings.push_back(
        fmt::format("{} {} made once more: {}", count, count == 1 ? "trial" : "trials", reason));
  }
  return warnings;
}

bool has_p99(const CellTrials& trials) {
  return std::all_of(trials.counted.begin(), trials.counted.end(), [](const Trial* trial) {
    return !trial->valid || trial->latency_us.p99.has_value();
  });
}

// What became of every request, also of trials that are not valid: a server that answers a third
// with errors is shown with them.
void count_replies(const CellTrials& trials, CellRecord& record) {
  std::uint64_t right = 0;
  std::uint64_t wrong = 0;
  for (const Trial* trial : trials.counted) {
    right += trial->requests;
    wrong += trial->failed();
    for (const auto& [status, count] : trial->status) record.status[status] += count;
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

// Of an open loop.
std::optional<double> asked_rate(const CellTrials& trials) {
  std::vector<double> asked;
  for (const Trial* trial : trials.counted) {
    if (trial->asked_rate) asked.push_back(*trial->asked_rate);
  }
  if (asked.empty()) return std::nullopt;
  return statistics::median(asked);
}

void add_latency(const CellTrials& trials, CellRecord& record) {
  const auto p50 = values(trials, [](const Trial& each) { return each.latency_us.p50; });
  record.p50_us = statistics::median(p50);
  record.p50_range_us = range(p50);
  if (!has_p99(trials)) return;
  const auto p99 =
      values(trials, [](const Trial& each) { return each.latency_us.p99.value_or(0); });
  record.p99_us = statistics::median(p99);
  record.p99_range_us = range(p99);
}

std::string client_bound_text(const Cell& cell, double client_cpu) {
  const std::string_view used = is_script(cell.load->client)
                                    ? "it used {:.0f} % of the cores that it could have had"
                                    : "its busiest thread used {:.0f} % of a core";
  return fmt::format("client-bound: {}, so the server may be faster",
                     fmt::format(fmt::runtime(used), client_cpu * 100));
}

void add_cost(const Cell& cell, const CellTrials& trials, CellRecord& record) {
  record.cpu_us_per_request =
      median_of(values(trials, [](const Trial& each) { return each.server_cpu_us_per_request; }));
  record.memory_bytes = statistics::median(
      values(trials, [](const Trial& each) { return static_cast<double>(each.memory_bytes); }));
  record.client_cpu =
      statistics::median(values(trials, [](const Trial& each) { return each.client_cpu; }));
  if (!is_client_bound(*record.client_cpu)) return;
  record.warnings.push_back(client_bound_text(cell, *record.client_cpu));
}

// A trial confirms the rate that it found once, so that the median is what half of the trials kept.
// What four in five of them kept is said where it is clearly less than that.
void tell_of_uneven_capacity(const Cell& cell, const CellTrials& trials, CellRecord& record) {
  constexpr std::size_t fewest = 5;
  constexpr double clearly_less = 0.95;  // a step of the search, 2 %, and one of confirming, 3 %
  if (!cell.load->p99_limit_ms) return;
  std::vector<double> kept;
  for (const Trial* trial : trials.counted) {
    if (trial->valid) {
      kept.push_back(trial->asked_rate.value_or(trial->rate));
    } else if (trial->fault == "server") {
      kept.push_back(0);
    }
  }
  if (kept.size() < fewest) return;
  std::sort(kept.begin(), kept.end());
  const double by_four_in_five = kept[kept.size() / 5];
  if (by_four_in_five >= clearly_less * statistics::median(kept)) return;
  record.warnings.push_back(
      fmt::format("the capacity is uneven: four in five of its trials kept {:.0f} requests/s, and "
                  "the median is what half of them kept",
                  by_four_in_five));
}

CellRecord cell_record(const Cell& cell, const std::vector<Cell>& cells,
                       const std::vector<Trial>& all, const Conformance& conformance) {
  const CellTrials trials = trials_of(all, cell);
  CellRecord record;
  record.workload = cell.workload->name;
  record.baseline = cell.baseline->label();
  record.load = cell.load->name;
  record.trials = static_cast<int>(trials.counted.size());
  record.rejected = static_cast<int>(trials.repeated.size());
  const std::vector<double> rates = values(trials, [](const Trial& each) { return each.rate; });
  record.valid = static_cast<int>(rates.size());
  record.asked_rate = asked_rate(trials);
  record.warnings = warnings_of(trials);
  count_replies(trials, record);
  std::string remark = conformance.remark(*cell.baseline, *cell.workload);
  if (!remark.empty()) record.warnings.push_back(std::move(remark));
  if (rates.empty()) {
    record.missing = missing_reason(cell, cells, all, conformance) + counts_text(record);
    return record;
  }
  record.rate = median_of(rates);
  add_latency(trials, record);
  add_cost(cell, trials, record);
  tell_of_uneven_capacity(cell, trials, record);
  return record;
}

}  // namespace

std::vector<CellRecord> summarise(const std::vector<Cell>& cells, const std::vector<Trial>& trials,
                                  const Conformance& conformance) {
  std::vector<CellRecord> records;
  for (const Cell& cell : cells) {
    if (!cell.is_twin) records.push_back(cell_record(cell, cells, trials, conformance));
  }
  return records;
}

}  // namespace assay::lab
