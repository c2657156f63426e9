// What ended within one second of the measured time, counted from its begin: second 0 is the first.
// What ends after the last belongs to the last. Merged by number, never by the clock on a wall.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/load/histogram/histogram.h"

namespace assay::load {

struct Second {
  std::uint64_t requests = 0;  // whose reply was right
  std::uint64_t errors = 0;
  CompactHistogram latency;  // from when they were due

  void merge(const Second& other);
};

using Seconds = std::vector<Second>;
void merge(Seconds& seconds, const Seconds& others);

}  // namespace assay::load
