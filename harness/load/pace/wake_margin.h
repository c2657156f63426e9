// How long before a due time a loop must not sleep any more, because the system wakes it late. How
// late differs from machine to machine, and is learnt: a margin as long as the longest of late is
// kept awake, and forgotten slowly: half of it in two seconds.
#pragma once

#include "harness/load/clock.h"

namespace assay::load {

class WakeMargin {
 public:
  static constexpr nanoseconds shortest = std::chrono::microseconds(20);
  static constexpr nanoseconds longest = std::chrono::microseconds(500);

  nanoseconds length() const { return length_; }
  void woke(nanoseconds late);  // for each sleep that nothing but time ended
  void age();                   // every 10 ms, whether it sleeps or not

 private:
  nanoseconds length_ = std::chrono::microseconds(60);
};

}  // namespace assay::load
