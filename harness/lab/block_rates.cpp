#include "harness/lab/block_rates.h"

#include "harness/lab/attempts.h"

namespace assay::lab {

CellName name_of(const Cell& cell) {
  return {cell.workload->name, cell.baseline->label(), cell.load->name, cell.is_twin};
}

bool is_of(const Trial& trial, const CellName& cell) {
  return trial.workload == cell.workload && trial.baseline == cell.baseline &&
         trial.load == cell.load && trial.twin == cell.twin;
}

std::map<int, double> rates_by_block(const CellName& cell, const std::vector<Trial>& trials) {
  std::map<int, double> rates;
  const CellTrials all = trials_of(trials, cell.workload, cell.baseline, cell.load, cell.twin);
  for (const Trial* trial : all.counted) {
    if (trial->valid) rates[trial->block] = trial->rate;
  }
  return rates;
}

}  // namespace assay::lab
