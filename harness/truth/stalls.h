// When a server stalls: for `lasts` at the end of every `every`, counted from when it began.
// Nothing is served or answered meanwhile, as while a garbage collector stops the world. Pure; any
// thread.
#pragma once

#include "harness/load/clock.h"

namespace assay::truth {

using load::nanoseconds;
using load::TimePoint;

class Stalls {
 public:
  // `lasts` of 0: never. REQUIRES: lasts < every, unless it is 0.
  Stalls(TimePoint began, nanoseconds every, nanoseconds lasts);

  // The same moment, or the end of the stall that it falls into.
  TimePoint awake(TimePoint moment) const noexcept;
  // When work that is begun at `start` is done; stalls interrupt it, and it goes on after them.
  TimePoint done(TimePoint start, nanoseconds work) const noexcept;

 private:
  TimePoint began_;
  nanoseconds every_;
  nanoseconds lasts_;
};

}  // namespace assay::truth
