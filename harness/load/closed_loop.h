// Puts a closed loop of load on a server: every connection sends its next request as soon as the
// last one is answered, so the server decides the pace. Every reply is compared in full.
//
// Blocks until the job is done, its time is over, or `stop` is requested; then the Summary says
// `cut` and holds what was measured so far. Starts `job.threads` threads and joins them all.
// Several calls at once share nothing. A LoadError means that nothing was measured.
#pragma once

#include <cstdint>
#include <functional>

#include "harness/load/job.h"
#include "harness/load/load_error.h"
#include "harness/load/stop.h"
#include "harness/load/summary.h"

namespace assay::load {

// How far a run has come, for a live line. Counts include the warm-up.
struct Progress {
  nanoseconds elapsed{0};
  std::uint64_t requests = 0;
  std::uint64_t errors = 0;
};
using Watch =
    std::function<void(const Progress&)>;  // called in the caller's thread, 4 times a second

Result<Summary> run(const Job& job, const Stop& stop, const Watch& watch = {});

}  // namespace assay::load
