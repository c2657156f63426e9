// An open loop before it is run: when its requests are due follows from the job, and how long each
// takes from the server's settings, so both together say what a ruler must read if nothing is late.
// Pure; any thread.
#pragma once

#include <vector>

#include "harness/load/pace/job.h"
#include "harness/truth/service.h"

namespace assay::validation {

// When the requests of the measured time are due, from the start of the run.
std::vector<load::nanoseconds> due_times(const load::Job& job);  // REQUIRES: job.rate

// How long the requests of the measured time take, in the order in which they are due.
std::vector<double> rehearsed_s(const load::Job& job, const truth::ServiceSettings& service);

}  // namespace assay::validation
