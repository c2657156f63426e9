// From trials to cells: medians with intervals, and why a cell has none. Pure; any thread.
#pragma once
#include <vector>

#include "harness/lab/figures/compare_cells.h"  // for those that look for it here
#include "harness/lab/plan/plan.h"
#include "harness/lab/record/result.h"
#include "harness/lab/trial/conformance.h"

namespace assay::lab {

// A cell for each of the plan's, measured or not, in the plan's order; twins are left out. Only the
// last attempt of each block counts; those before it are told in number and reason.
std::vector<CellRecord> summarise(const std::vector<Cell>& cells, const std::vector<Trial>& trials,
                                  const Conformance& conformance = {});

}  // namespace assay::lab
