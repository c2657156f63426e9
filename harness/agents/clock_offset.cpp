#include "harness/agents/clock_offset.h"

#include <algorithm>

namespace assay::agents {

ClockOffset clock_offset(std::span<const ClockReading> readings) {
  const ClockReading& best = *std::min_element(
      readings.begin(), readings.end(), [](const ClockReading& one, const ClockReading& other) {
        return one.answered - one.asked < other.answered - other.asked;
      });
  const nanoseconds half = (best.answered - best.asked) / 2;
  return {best.theirs - (best.asked + half).time_since_epoch(), half};
}

}  // namespace assay::agents
