// Turns Ctrl-C and SIGTERM into a Stop for as long as it lives. One at a time in a process, since
// signals belong to all of it.
//
// The third one ends the program as it always did. Not the second: who started us (make, timeout)
// often passes on the signal that the terminal has already sent to everybody.
#pragma once

#include "harness/load/stop.h"

namespace assay::load {

class Interrupt {
 public:
  explicit Interrupt(Stop& stop);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
};

}  // namespace assay::load
