// Whether a rate was the same all along, judged by what ended within each second. Pure; any thread.
#pragma once

#include <optional>

#include "harness/load/second.h"

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

}  // namespace assay::load
