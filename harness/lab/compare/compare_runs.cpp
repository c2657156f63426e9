#include "harness/lab/compare/compare_runs.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "harness/lab/trial/attempts.h"
#include "harness/lab/trial/client_bound.h"
#include "harness/statistics/comparison.h"
#include "harness/statistics/median.h"
#include "harness/statistics/unpaired_ratio.h"
#include "server/model/json_write.h"

namespace assay::lab {
namespace {

template <class Record>
const Record* named(const std::vector<Record>& records, const std::string& name) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&](const Record& record) { return record.name == name; });
  return found == records.end() ? nullptr : &*found;
}

// Whatever a load has but its words and how long it was measured, which change no rate.
std::string way_of_asking(const RunResult& result, const std::string& name) {
  const LoadRecord* load = named(result.loads, name);
  if (load == nullptr) return {};
  LoadRecord bare = *load;
  bare.title.clear();
  bare.warm_up_s.reset();
  bare.measure_s.reset();
  return model::to_json(bare);
}

std::string request_of(const RunResult& result, const std::string& name) {
  const WorkloadRecord* workload = named(result.workloads, name);
  if (workload == nullptr) return {};
  WorkloadRecord bare = *workload;
  bare.title.clear();
  bare.measures.clear();
  return model::to_json(bare);
}

const CellRecord* same_cell(const std::vector<CellRecord>& cells, const CellRecord& wanted) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const CellRecord& cell) {
    return cell.workload == wanted.workload && cell.load == wanted.load &&
           cell.baseline == wanted.baseline;
  });
  return found == cells.end() ? nullptr : &*found;
}

// Why two cells of the same names are not one and the same; empty when they are.
std::string difference(const RunResult& a, const RunResult& b, const CellRecord& cell) {
  if (way_of_asking(a, cell.load) != way_of_asking(b, cell.load)) return "the load is another in B";
  if (request_of(a, cell.workload) != request_of(b, cell.workload)) {
    return "the request is another in B";
  }
  return {};
}

UncomparedCell uncompared(const CellRecord& cell, std::string reason) {
  return {cell.workload, cell.load, cell.baseline, std::move(reason)};
}

using CellPairs = std::vector<std::pair<const CellRecord*, const CellRecord*>>;

// What the two have in common, in the order of A; the rest goes to `others`.
CellPairs common_cells(const RunResult& a, const RunResult& b,
                       std::vector<UncomparedCell>& others) {
  CellPairs common;
  for (const CellRecord& cell : a.cells) {
    const CellRecord* match = same_cell(b.cells, cell);
    std::string reason = match == nullptr ? "only in A" : difference(a, b, cell);
    if (reason.empty()) {
      common.emplace_back(&cell, match);
    } else {
      others.push_back(uncompared(cell, std::move(reason)));
    }
  }
  for (const CellRecord& cell : b.cells) {
    if (same_cell(a.cells, cell) == nullptr) others.push_back(uncompared(cell, "only in B"));
  }
  return common;
}

std::vector<double> rates_of(const RunResult& result, const CellRecord& cell) {
  return values(trials_of(result.trials, cell.workload, cell.baseline, cell.load, false),
                [](const Trial& trial) { return trial.rate; });
}

// B over A. REQUIRES: none is empty
Quantity ratio_of(const std::vector<double>& b, const std::vector<double>& a,
                  const std::optional<statistics::Interval>& interval) {
  if (interval) return {interval->median, interval->low, interval->high};
  std::vector<double> logarithms;
  for (const double ours : b) {
    for (const double theirs : a) logarithms.push_back(std::log(ours / theirs));
  }
  return {std::exp(statistics::median(logarithms)), std::nullopt, std::nullopt};
}

std::optional<double> plain_ratio(const std::optional<double>& b, const std::optional<double>& a) {
  if (!a || !b || *a <= 0 || *b <= 0) return std::nullopt;
  return *b / *a;
}

std::optional<double> median_of(const std::optional<Quantity>& quantity) {
  if (!quantity) return std::nullopt;
  return quantity->median;
}

// The rate is what was asked for, whichever build answered.
bool is_at_a_given_rate(const RunResult& result, const CellRecord& cell) {
  const LoadRecord* load = named(result.loads, cell.load);
  return load != nullptr && (load->rate || load->share);
}

bool is_held_back(const CellRecord& cell) { return is_client_bound(cell.client_cpu.value_or(0)); }

ComparedCell compared_cell(const RunResult& a, const CellRecord& in_a, const RunResult& b,
                           const CellRecord& in_b, double floor) {
  ComparedCell compared;
  compared.workload = in_a.workload;
  compared.load = in_a.load;
  compared.baseline = in_a.baseline;
  compared.rate_a = in_a.rate;
  compared.rate_b = in_b.rate;
  compared.missing_a = in_a.missing;
  compared.missing_b = in_b.missing;
  compared.cpu_ratio =
      plain_ratio(median_of(in_b.cpu_us_per_request), median_of(in_a.cpu_us_per_request));
  compared.p99_ratio = plain_ratio(in_b.p99_us, in_a.p99_us);
  const std::vector<double> rates_a = rates_of(a, in_a);
  const std::vector<double> rates_b = rates_of(b, in_b);
  if (rates_a.empty() || rates_b.empty() || is_at_a_given_rate(a, in_a)) return compared;
  const auto interval = statistics::unpaired_ratio(rates_b, rates_a);
  compared.ratio = ratio_of(rates_b, rates_a, interval);
  compared.verdict =
      verdict_of(statistics::compared(interval, floor), is_held_back(in_b), is_held_back(in_a));
  return compared;
}

const RatioRecord* lead_over(const RunResult& result, const CellRecord& cell) {
  const auto found =
      std::find_if(result.ratios.begin(), result.ratios.end(), [&](const RatioRecord& ratio) {
        return ratio.ours == result.ours && ratio.theirs == cell.baseline &&
               ratio.workload == cell.workload && ratio.load == cell.load;
      });
  return found == result.ratios.end() ? nullptr : &*found;
}

std::vector<ComparedLead> compared_leads(const RunResult& a, const RunResult& b,
                                         const CellPairs& common) {
  std::vector<ComparedLead> leads;
  if (a.ours != b.ours) return leads;
  for (const auto& [in_a, in_b] : common) {
    const RatioRecord* lead_a = lead_over(a, *in_a);
    const RatioRecord* lead_b = lead_over(b, *in_b);
    if (lead_a == nullptr || lead_b == nullptr) continue;
    leads.push_back({in_a->workload, in_a->load, in_a->baseline, lead_a->rate, lead_a->verdict,
                     lead_b->rate, lead_b->verdict});
  }
  return leads;
}

ComparedRun compared_run(const RunResult& result) {
  return {result.run,
          result.plan,
          result.host.id,
          result.host.cpu,
          result.started,
          result.complete,
          result.provenance.commit,
          result.provenance.dirty,
          result.provenance.server_sha256};
}

double floor_of(const RunResult& result) {
  return result.noise ? result.noise->floor : statistics::default_floor;
}

// What a reader must know who takes the two for the same but for the build.
std::vector<std::string> remarks_on(const RunResult& a, const RunResult& b) {
  std::vector<std::string> remarks;
  for (const auto& [name, result] : {std::pair{"A", &a}, std::pair{"B", &b}}) {
    if (result->complete) continue;
    remarks.push_back(fmt::format("{} was cut short after {} of {} blocks", name,
                                  result->blocks_done, result->blocks));
  }
  if (a.measure_s != b.measure_s) {
    remarks.push_back(
        fmt::format("a trial was measured for {} s in A, for {} s in B", a.measure_s, b.measure_s));
  }
  for (const BaselineRecord& in_a : a.baselines) {
    const auto in_b =
        std::find_if(b.baselines.begin(), b.baselines.end(),
                     [&](const BaselineRecord& each) { return each.label == in_a.label; });
    if (in_b == b.baselines.end() || !in_a.available || !in_b->available) continue;
    if (in_a.python != in_b->python || in_a.runtime != in_b->runtime ||
        in_a.packages != in_b->packages) {
      remarks.push_back(in_a.label + " had another interpreter or other packages in B");
    }
  }
  return remarks;
}

}  // namespace

Result<RunComparison> compare_runs(const RunResult& a, const RunResult& b) {
  RunComparison comparison;
  comparison.a = compared_run(a);
  comparison.b = compared_run(b);
  comparison.ours = a.ours;
  comparison.floor = std::max(floor_of(a), floor_of(b));
  comparison.remarks = remarks_on(a, b);
  const CellPairs common = common_cells(a, b, comparison.others);
  if (common.empty()) return LabError::nothing_in_common(a.run, b.run, "cell");
  if (!comparison.is_of_one_host()) {
    comparison.leads = compared_leads(a, b, common);
    if (comparison.leads.empty()) {
      return LabError::nothing_in_common(a.run, b.run, "ratio to a reference");
    }
    return comparison;
  }
  for (const auto& [in_a, in_b] : common) {
    comparison.cells.push_back(compared_cell(a, *in_a, b, *in_b, comparison.floor));
  }
  return comparison;
}

std::string slower_text(const RunComparison& comparison) {
  int slower = 0;
  int unknown = 0;
  for (const ComparedCell& cell : comparison.cells) {
    if (cell.verdict == "slower") ++slower;
    // Lost since A, with too few trials, or held back by the client, behind which B may be slower:
    // a check that passes then has checked nothing.
    const bool is_lost = cell.rate_a.has_value() && !cell.rate_b;
    if (is_lost || cell.verdict == "no interval" || cell.verdict == client_bound_verdict) ++unknown;
  }
  if (slower == 0 && unknown == 0) return {};
  return fmt::format("B is slower in {} of {} cells; in {} nobody can tell", slower,
                     comparison.cells.size(), unknown);
}

}  // namespace assay::lab
