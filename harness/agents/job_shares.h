// One job as the jobs of several agents, which together put the same load on the server. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <vector>

#include "harness/load/load_error.h"
#include "harness/load/pace/job.h"

namespace assay::agents {

// Connections and threads are split evenly, the first agents have one more where that does not
// come out; each has one thread at least. Refuses more agents than connections. Rate, requests in
// all and schedule stay whole: the share says which requests are an agent's.
load::Result<std::vector<load::Job>> job_shares(const load::Job& job, std::size_t agents);

}  // namespace assay::agents
