// Turns Ctrl-C, SIGTERM and SIGHUP (the terminal has gone) into a Stop for as long as it lives, and
// puts back what was there before. One at a time in a process, since signals belong to all of it.
//
// The third one ends the program as it always did. Not the second: who started us (make, timeout)
// often passes on the signal that the terminal has already sent to everybody. A signal that is
// ignored stays ignored: nohup asks for that.
#pragma once

#include <array>
#include <csignal>

#include "harness/load/stop.h"

namespace assay::load {

class Interrupt {
 public:
  explicit Interrupt(Stop& stop);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

 private:
  static constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, signals.size()> previous_{};
};

}  // namespace assay::load
