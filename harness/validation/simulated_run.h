// A run without sockets: what a perfect ruler would read of an experiment's server, or one that is
// bent on purpose. For tests. Pure; any thread.
#pragma once

#include <functional>
#include <vector>

#include "harness/validation/experiment.h"
#include "harness/validation/observation.h"

namespace assay::validation {

inline constexpr load::nanoseconds simulated_floor = std::chrono::microseconds(60);

// One request as it really was.
struct Passage {
  load::nanoseconds due{0};  // from the start of the schedule
  load::nanoseconds sent{0};
  load::nanoseconds latency{0};  // from when it was due, the floor included
};

// What the ruler writes down of a passage: one latency, or none, or several.
using Ruler = std::function<std::vector<load::nanoseconds>(const Passage&)>;
std::vector<load::nanoseconds> straight(const Passage& passage);

Observation simulated(const Experiment& experiment, const Ruler& ruler = straight);
Floor simulated_floor_run();

// A machine on which every sleeping thread wakes up so much later than usual.
load::Histogram wakes_after(load::nanoseconds late);

}  // namespace assay::validation
