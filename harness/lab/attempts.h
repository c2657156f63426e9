// Which trials of a cell count. One that the host or the client spoilt is made once more in its
// block, and both are kept: the last attempt counts, those before it are told. Pure; any thread.
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "harness/lab/plan.h"
#include "harness/lab/trial_record.h"

namespace assay::lab {

// They point into the trials that they were found in.
struct CellTrials {
  std::vector<const Trial*> counted;   // the last attempt of each block, by block
  std::vector<const Trial*> repeated;  // those before them
};

CellTrials trials_of(const std::vector<Trial>& trials, std::string_view workload,
                     std::string_view baseline, std::string_view load, bool is_twin);
CellTrials trials_of(const std::vector<Trial>& trials, const Cell& cell);

// Of the valid ones among those that count.
std::vector<double> values(const CellTrials& trials,
                           const std::function<double(const Trial&)>& value_of);

}  // namespace assay::lab
