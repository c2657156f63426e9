// How long a load warms up: so long at least, then until it is steady, but no longer than so long.
//
// Steady: its last three slices are alike (steadiness.h). A slice is a second, or a third of the
// least warm-up if that is shorter, so that a load which is steady at once warms up for no longer
// than it must; and a tenth of a second at least. Pure; any thread.
#pragma once

#include <optional>

#include "harness/load/clock.h"
#include "harness/load/histogram/second.h"
#include "harness/load/pace/job.h"

namespace assay::load {

// How far ahead the end of a warm-up is decided, so that whoever has to know it in time does.
inline constexpr nanoseconds notice = std::chrono::milliseconds(50);
// How often it must be looked at, until it is.
inline constexpr nanoseconds warm_up_glance = std::chrono::milliseconds(20);

// Nothing: the warm-up of the job has a fixed length.
std::optional<nanoseconds> slice_of(const Job& job);

// How long the warm-up is, as far as that can be said after `elapsed`, of the slices that are over.
// REQUIRES: slice_of(job)
struct WarmUp {
  nanoseconds length{0};
  bool is_steady = false;  // else `length` is the most, and was_steady() tells in the end
};
std::optional<WarmUp> decided(const Job& job, nanoseconds elapsed, const Seconds& slices);

// Whether the last three slices within a warm-up of this length were alike.
bool was_steady(const Seconds& slices, nanoseconds slice, nanoseconds length);

}  // namespace assay::load
