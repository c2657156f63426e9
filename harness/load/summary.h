// What a run of load measured. A plain value; pure functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/load/clock.h"
#include "harness/load/tally.h"
#include "harness/load/warning.h"

namespace assay::load {

struct Summary {
  Tally tally;
  nanoseconds duration{0};  // measured, without warm-up; until the last reply in a run of N
  std::size_t connections = 0;
  std::size_t threads = 0;
  bool by_duration = true;
  bool cut = false;                // stopped by hand
  double client_cpu = 0;           // share of a core that the busiest thread used
  nanoseconds client_cpu_time{0};  // of all threads

  double rate() const;  // right replies per second; 0 when nothing was measured
  double client_cpu_us_per_request() const;  // of every request sent, right or wrong
  std::vector<Warning> warnings() const;
};

// For people, in about a dozen lines. A percentile is given only if a hundred requests lie beyond
// it; fewer would be the luck of a few.
std::string text(const Summary& summary);

// One JSON document, as `assay load --json` prints it.
std::string to_json(const Summary& summary);

}  // namespace assay::load
