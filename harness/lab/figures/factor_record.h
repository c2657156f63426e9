// What each factor of a plan makes of the lead that its document publishes. Pure.
#pragma once
#include <string>
#include <vector>

#include "harness/lab/plan/factor.h"
#include "harness/lab/record/result.h"

namespace assay::lab {

// For every workload in which the ends of a factor, and one turn of it, have cells.
std::vector<FactorRecord> factor_records(const std::vector<Factor>& factors,
                                         const std::vector<CellRecord>& cells,
                                         const std::vector<Trial>& trials);

}  // namespace assay::lab
