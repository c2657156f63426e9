#include "harness/lab/figures/scaling_record.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "harness/lab/trial/attempts.h"
#include "harness/lab/trial/client_bound.h"
#include "harness/statistics/scaling_interval.h"

namespace assay::lab {
namespace {

using statistics::ScalingModel;
using statistics::Throughput;

constexpr std::size_t unknowns_of_amdahl = 2;
constexpr std::size_t unknowns_of_universal = 3;

const CellRecord* cell_of(const ScalingSize& size, const std::string& workload,
                          const std::vector<CellRecord>& cells) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const CellRecord& cell) {
    return cell.workload == workload && cell.baseline == size.baseline && cell.load == size.load;
  });
  return found == cells.end() ? nullptr : &*found;
}

// The blocks in which every size that is fitted has a figure: a fit takes a block whole.
std::vector<std::vector<Throughput>> whole_blocks(const std::string& workload,
                                                  const std::vector<ScalingPoint>& fitted,
                                                  const std::vector<Trial>& trials) {
  std::map<int, std::vector<Throughput>> blocks;
  for (const ScalingPoint& point : fitted) {
    for (const auto& [block, rate] :
         rates_by_block(trials_of(trials, workload, point.baseline, point.load, false))) {
      blocks[block].push_back({point.size, rate});
    }
  }
  std::vector<std::vector<Throughput>> whole;
  for (auto& [block, points] : blocks) {
    if (points.size() == fitted.size()) whole.push_back(std::move(points));
  }
  return whole;
}

void fit(ScalingRecord& record, const std::vector<ScalingPoint>& points,
         const std::vector<Trial>& trials) {
  const bool is_universal = points.size() >= unknowns_of_universal;
  const auto fitted =
      statistics::fit_blocks(is_universal ? ScalingModel::universal : ScalingModel::amdahl,
                             whole_blocks(record.workload, points, trials));
  if (!fitted) {
    record.missing = "no fit: fewer than six blocks in which every size has a figure";
    return;
  }
  const auto quantity = [](const statistics::Interval& of) {
    return Quantity{of.median, of.low, of.high};
  };
  record.law = is_universal ? "universal" : "amdahl";
  record.sigma = quantity(fitted->sigma);
  if (!is_universal) return;
  record.kappa = quantity(fitted->kappa);
  if (const auto peak = statistics::peak_workers(fitted->law)) record.peak = peak;
}

// Why there are too few for a law; empty where there are enough.
std::string lacking_sizes(std::size_t fitted, std::size_t with_figures, std::size_t all) {
  if (fitted >= unknowns_of_amdahl) return {};
  if (with_figures < unknowns_of_amdahl) {
    return fmt::format("no fit: {} of {} sizes have figures, and a law needs two", with_figures,
                       all);
  }
  return fmt::format(
      "no fit: the client, not the server, was the limit of {} of the {} sizes with figures, and a "
      "law needs two others",
      with_figures - fitted, with_figures);
}

constexpr std::string_view shared_cores =
    "no fit: the client has no cores of its own here, and takes its part of each number of them";

ScalingRecord record_of(const Scaling& scaling, const std::string& workload,
                        const std::vector<CellRecord>& cells, const std::vector<Trial>& trials,
                        bool has_client_cores) {
  ScalingRecord record;
  record.name = scaling.name;
  record.workload = workload;
  record.by = scaling.by;
  std::size_t sizes = 0;
  std::vector<ScalingPoint> fitted;
  for (const ScalingSize& size : scaling.sizes) {
    const CellRecord* cell = cell_of(size, workload, cells);
    record.points.push_back({size.size, size.baseline, size.load, {}});
    if (cell == nullptr || !cell->rate) continue;
    record.points.back().rate = cell->rate;
    ++sizes;
    // Else its rate is the client's, and a law of it would say how the client grows.
    if (!is_client_bound(cell->client_cpu.value_or(0))) fitted.push_back(record.points.back());
  }
  record.missing = lacking_sizes(fitted.size(), sizes, scaling.sizes.size());
  if (scaling.by == "cores" && !has_client_cores) record.missing = shared_cores;
  if (record.missing.empty()) fit(record, fitted, trials);
  return record;
}

}  // namespace

std::vector<ScalingRecord> scaling_records(const std::vector<Scaling>& scalings,
                                           const std::vector<CellRecord>& cells,
                                           const std::vector<Trial>& trials,
                                           bool has_client_cores) {
  std::vector<ScalingRecord> records;
  for (const Scaling& scaling : scalings) {
    std::set<std::string> done;
    for (const CellRecord& cell : cells) {
      if (!done.insert(cell.workload).second) continue;
      const bool is_for = std::any_of(
          scaling.sizes.begin(), scaling.sizes.end(),
          [&](const ScalingSize& size) { return cell_of(size, cell.workload, cells) != nullptr; });
      if (!is_for) continue;
      records.push_back(record_of(scaling, cell.workload, cells, trials, has_client_cores));
    }
  }
  return records;
}

}  // namespace assay::lab
