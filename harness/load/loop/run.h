// Puts the load of a job on a server, every reply compared in full.
//
// Blocks until the job is done, its time is over, or `stop` is requested; then the Summary says
// `cut` and holds what was measured so far. Starts `job.threads` threads and joins them all.
// Several calls at once share nothing. A LoadError means that nothing was measured.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "harness/load/load_error.h"
#include "harness/load/pace/job.h"
#include "harness/load/stop.h"
#include "harness/load/summary/summary.h"

namespace assay::load {

// How far a run has come. Counts include the warm-up; `seconds` are those that every thread has
// left behind, of the measured time.
struct Progress {
  nanoseconds elapsed{0};
  std::uint64_t requests = 0;
  std::uint64_t errors = 0;
  double client_cpu = 0;  // share of a core that the busiest thread used so far, without spinning
  const Seconds& seconds;
  // How long the warm-up is; nothing: not decided yet, or not told.
  std::optional<nanoseconds> warm_up = {};
};

// Who looks on. All are called in the caller's thread.
struct Watch {
  std::function<void(const Progress&)> progress = {};  // 4 times a second
  // Called once, when the server was reached and the threads stand ready: the instant at which the
  // schedule starts, so that several agents start at one. Nothing: at once. In the past: at once.
  std::function<TimePoint()> start = {};
  // Called once, as soon as it is decided, with the instant at which the measured window begins:
  // 50 ms ahead where the load warms up until it is steady, else when the load has begun. Not at
  // all when the run is stopped before. Must return at once: nothing else is looked at meanwhile.
  std::function<void(TimePoint)> measuring = {};
};

Result<Summary> run(const Job& job, const Stop& stop, const Watch& watch = {});

}  // namespace assay::load
