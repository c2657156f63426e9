// A run while it goes on: what it has measured so far, and how it measures what is left.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/record/journal.h"
#include "harness/lab/record/run_beginning.h"
#include "harness/lab/run/bench.h"
#include "harness/lab/run/progress.h"
#include "harness/lab/run/run_end.h"
#include "harness/lab/trial/conformance.h"
#include "harness/lab/trial/trial.h"
#include "harness/load/stop.h"

namespace assay::lab {

// The trials of a run so far, and what they taught of each baseline.
struct Measurements {
  std::vector<Trial> trials;
  std::map<std::string, Facts> facts;           // by label
  std::map<std::string, std::string> programs;  // by label: what its first trial started
  Conformance conformance;
  int blocks_done = 0;
  std::map<int, double> seconds_before;  // by block, of a run that goes on: what it had taken
  RunEnd end = RunEnd::goes_on;
};

// A run while it goes on.
struct UnderWay {
  const Bench& bench;
  const Measuring& how;
  std::uint64_t seed;
  const load::Stop& stop;
  Journal& journal;
  Progress& progress;
  std::vector<unsigned> server_cores;             // that a load may choose from
  std::uint64_t open_files;                       // that client and server may have, each
  std::function<Result<void>()> check_unchanged;  // that the sources are those that it began with
  Measurements all;
};

// What a run that goes on had measured before it was cut off; takes its trials.
Measurements measured_before(UnfinishedRun& run);

// Asks every baseline for its replies and who it is, and says which are not timed.
void verify_all(UnderWay& run);

// Measures block after block until the run has its end, or its sources are changed; each trial is
// in the journal before the next begins. A block that had trials before keeps them.
Result<void> measure_all(UnderWay& run);

}  // namespace assay::lab
