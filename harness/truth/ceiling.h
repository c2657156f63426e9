// What a client can reach at most: how many replies it gets of the floor in a second, where nothing
// but client and kernel takes time. The share of it that a result comes to says how much of the
// result may be the client's doing.
#pragma once

#include "harness/load/load_error.h"
#include "harness/load/pace/job.h"
#include "harness/load/stop.h"

namespace assay::truth {

// Runs as many connections and threads as the job, kept or not, pipelined or not, as fast as they
// go, against a floor of as many workers in this process. Takes a second and a bit.
load::Result<double> ceiling(const load::Job& job, const load::Stop& stop);

}  // namespace assay::truth
