// What the ruler read in one experiment, and what the witnesses beside it saw. Plain values; pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/load/histogram/histogram.h"
#include "harness/load/summary/summary.h"
#include "harness/truth/service.h"
#include "harness/truth/truth_record.h"

namespace assay::validation {

// A line of the server's own log.
struct Served {
  truth::Visit visit;
  std::optional<load::TimePoint> written;
};

struct Observation {
  load::Summary summary;       // what the ruler says
  truth::TruthRecord before;   // what the server says that it did, at the start
  truth::TruthRecord after;    // and at the end
  load::Histogram wakes;       // how late a sleeping thread woke up meanwhile
  load::TimePoint started;     // when the schedule began
  std::vector<Served> served;  // in the order of arrival; empty without a log
};

// The same of a server that answers at once: what a request costs beside its service.
struct Floor {
  load::Histogram latency;
  truth::TimesRecord server_late_us;  // its own work: the reply's way into the socket
  load::Histogram wakes;

  double usual_s() const;
  // What it adds to a mean: its own, of the fastest 99 in a hundred. A moment for which the machine
  // stood still while the floor was measured is no part of what each request costs.
  double mean_s() const;
};

// The same by the plain client. Its readings are never in a histogram of ours, which may be what is
// bent.
struct PlainFloor {
  std::vector<load::nanoseconds> latencies;  // sorted
  truth::TimesRecord server_late_us;
  load::Histogram wakes;

  load::nanoseconds percentile(double share) const;  // 0 when empty
};

}  // namespace assay::validation
