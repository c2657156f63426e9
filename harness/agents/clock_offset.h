// How far the monotonic clock of an agent is from ours, by asking it and looking when the answer
// comes. It shifts the common start alone: each latency is of one clock. Pure; any thread.
#pragma once

#include <span>

#include "harness/load/clock.h"

namespace assay::agents {

using load::nanoseconds;

struct ClockReading {
  load::TimePoint asked;  // by our clock
  nanoseconds theirs{0};  // what theirs showed somewhere between
  load::TimePoint answered;
};

struct ClockOffset {
  nanoseconds ahead{0};        // of ours, if theirs was read in the middle of the least round trip
  nanoseconds uncertainty{0};  // half of that round trip: it was read at one of its ends

  nanoseconds theirs_at(load::TimePoint ours) const { return ours.time_since_epoch() + ahead; }
};

ClockOffset clock_offset(std::span<const ClockReading> readings);  // REQUIRES: one at least

}  // namespace assay::agents
