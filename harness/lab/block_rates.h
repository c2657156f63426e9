// The rates of a cell by block, as comparisons pair them. Pure.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "harness/lab/plan.h"
#include "harness/lab/trial_record.h"

namespace assay::lab {

struct CellName {
  std::string workload;
  std::string baseline;
  std::string load;
  bool twin = false;
};

CellName name_of(const Cell& cell);
bool is_of(const Trial& trial, const CellName& cell);

// Of valid trials; of a block that was tried more than once, the last.
std::map<int, double> rates_by_block(const CellName& cell, const std::vector<Trial>& trials);

}  // namespace assay::lab
