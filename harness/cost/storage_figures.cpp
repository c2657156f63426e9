#include "harness/cost/storage_figures.h"

#include <string_view>

namespace assay::cost {
namespace {

std::string_view model_of(const Series& series) {
  return std::string_view(series.server).substr(0, series.server.find(' '));
}

}  // namespace

std::vector<RowCosts> by_model(const RowCosts& all) {
  std::vector<RowCosts> rows;
  for (const Series& series : all.series) {
    if (rows.empty() || model_of(rows.back().series.front()) != model_of(series)) {
      rows.push_back({all.row, {}});
    }
    rows.back().series.push_back(series);
  }
  return rows;
}

WriteFigures figures_of(const RowCosts& row, const std::vector<Batches>& one_by_one,
                        const std::vector<Batches>& group_commit) {
  return {figures_of(std::vector{row}).front(), rate_ratio(row.series.at(1), row.series.at(0)),
          sum(one_by_one), sum(group_commit), 0};
}

}  // namespace assay::cost
