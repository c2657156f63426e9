// How rates grow with workers or cores: a plan's series with the law that fits. Pure.
#pragma once
#include <vector>

#include "harness/lab/plan/scaling.h"
#include "harness/lab/record/result.h"

namespace assay::lab {

// For every workload in which a series has a cell. A client-bound cell keeps its rate in the
// record; the law is fitted without it. Without cores of the client's own, it takes from each
// number of cores what it needs, so that sizes of cores have no law.
std::vector<ScalingRecord> scaling_records(const std::vector<Scaling>& scalings,
                                           const std::vector<CellRecord>& cells,
                                           const std::vector<Trial>& trials, bool has_client_cores);

}  // namespace assay::lab
