// Whether a load was the same all along, judged by what ended within each second or another slice
// of time. Pure; any thread.
#pragma once

#include <optional>
#include <span>

#include "harness/load/histogram/second.h"

namespace assay::load {

// Right replies per second in the first and in the second half, if they differ: by more than 5 % of
// the greater, and by more than four of their standard errors. That error is the greater of what
// the seconds themselves scatter within the halves, and of what arrivals by chance would.
//
// So one slow second does not alarm, as it makes its half scatter; a drift, a step and a warm-up
// that goes on do. Of runs that are steady but noisy, fewer than one in a hundred alarm. The last
// second is left out, since it may be a part of one and holds what ended late; with fewer than
// eight others nothing is judged.
struct Halves {
  double first = 0;
  double second = 0;
};
std::optional<Halves> unsteady_halves(const Seconds& seconds);

// Whether slices of one length are alike: the greatest and the least count of right replies differ
// by 2 % of the greatest at most, the median latencies by 5 %, or both by no more than chance.
//
// Chance, as few requests scatter by themselves: n of them by sqrt(n), and the place of their
// median among them by sqrt(n) / 2. Of three slices that differ by chance alone the greatest and
// the least lie 3.3 such errors apart in one of twenty cases. So each is granted half of that, 1.66
// of its own, towards the other. From 27,000 replies a slice on, this is finer than the 2 %.
//
// A slice without a right reply says nothing, so it is like no other.
bool are_alike(std::span<const Second> slices);

}  // namespace assay::load
