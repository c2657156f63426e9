#include "harness/cost/cost_figures.h"

#include <algorithm>

#include "harness/statistics/median.h"
#include "harness/statistics/median_interval.h"

namespace assay::cost {
namespace {

template <class Of>
std::vector<double> each(const std::vector<Cost>& costs, Of of) {
  std::vector<double> values;
  for (const Cost& cost : costs) values.push_back(cost.*of);
  return values;
}

template <class Of>
double median_of(const std::vector<Cost>& costs, Of of) {
  return costs.empty() ? 0 : statistics::median(each(costs, of));
}

double median_of(const std::vector<std::uint64_t>& bytes) {
  const std::vector<double> values(bytes.begin(), bytes.end());
  return values.empty() ? 0 : statistics::median(values);
}

template <class Of>
std::optional<Ratio> ratio(const std::vector<Cost>& ours, const std::vector<Cost>& theirs, Of of) {
  const auto interval = statistics::paired_ratio(each(ours, of), each(theirs, of));
  if (!interval) return std::nullopt;
  return Ratio{interval->median, interval->low, interval->high};
}

ServerFigures figures_of(const Series& series, const Series& floor) {
  const std::vector<Cost>& costs = series.costs;
  const bool is_floor = &series == &floor;
  return {series.server,
          median_of(costs, &Cost::cpu_us),
          is_floor ? std::nullopt : ratio(costs, floor.costs, &Cost::cpu_us),
          median_of(costs, &Cost::rate),
          median_of(costs, &Cost::server_cores),
          median_of(costs, &Cost::client_cores),
          each(costs, &Cost::cpu_us)};
}

}  // namespace

std::optional<Ratio> rate_ratio(const Series& ours, const Series& theirs) {
  return ratio(ours.costs, theirs.costs, &Cost::rate);
}

std::vector<RowFigures> figures_of(const std::vector<RowCosts>& rows) {
  std::vector<RowFigures> all;
  for (const RowCosts& row : rows) {
    RowFigures figures{std::string(text(row.row.shape)), row.row.connections, {}};
    for (const Series& series : row.series) {
      figures.servers.push_back(figures_of(series, row.series.front()));
    }
    all.push_back(std::move(figures));
  }
  return all;
}

AbsentFigures figures_of(const Absent& absent) {
  return {absent.name, absent.reason.what(), absent.reason.remedy()};
}

IdleFigures figures_of(const IdleCost& idle) {
  IdleFigures figures;
  figures.idle = idle.idle;
  figures.closed = idle.closed;
  figures.empty_bytes = median_of(idle.empty_bytes);
  figures.filled_bytes = median_of(idle.filled_bytes);
  figures.bytes_per_connection =
      (figures.filled_bytes - figures.empty_bytes) / static_cast<double>(idle.idle);
  figures.alone_cpu_us = median_of(idle.alone, &Cost::cpu_us);
  figures.beside_cpu_us = median_of(idle.beside, &Cost::cpu_us);
  figures.cpu = ratio(idle.beside, idle.alone, &Cost::cpu_us);
  figures.rate = ratio(idle.beside, idle.alone, &Cost::rate);
  return figures;
}

ScalingFigures figures_of(const ScalingCost& scaling) {
  return {scaling.is_apart,
          median_of(scaling.one, &Cost::rate),
          median_of(scaling.two, &Cost::rate),
          median_of(scaling.one, &Cost::server_cores),
          median_of(scaling.two, &Cost::server_cores),
          ratio(scaling.two, scaling.one, &Cost::rate),
          ratio(scaling.two, scaling.one, &Cost::cpu_us)};
}

}  // namespace assay::cost
