// How late this machine wakes up a thread that does nothing but sleep: the witness of a busy
// machine, which shares no code with the ruler. Ticks from construction until `end`.
//
// Belongs to one thread; the ticks come from a thread of its own.
#pragma once

#include <atomic>
#include <thread>

#include "harness/load/histogram/histogram.h"

namespace assay::validation {

class Metronome {
 public:
  Metronome();
  ~Metronome();
  Metronome(const Metronome&) = delete;
  Metronome& operator=(const Metronome&) = delete;

  load::Histogram end();  // how late the ticks were; call once

 private:
  void tick();

  std::atomic<bool> is_over_{false};
  load::Histogram lateness_;  // of the thread, until it has ended
  std::thread thread_;
};

}  // namespace assay::validation
