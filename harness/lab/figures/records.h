// What a result says of the host, workloads, baselines and loads that a run used. Pure but for the
// host's own facts; any thread.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "harness/lab/plan/plan.h"
#include "harness/lab/record/result.h"
#include "harness/lab/trial/facts.h"

namespace assay::lab {

HostRecord host_record();
std::vector<WorkloadRecord> workload_records(const std::vector<Cell>& cells);
std::vector<BaselineRecord> baseline_records(const std::vector<Cell>& cells,
                                             const std::map<std::string, Facts>& facts);
std::vector<LoadRecord> load_records(const Plan& plan);

}  // namespace assay::lab
