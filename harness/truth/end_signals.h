// SIGTERM and Ctrl-C for a program that serves in other threads until it is told to end. Blocked in
// the calling thread, and so in every thread that it starts later: construct it first of all.
#pragma once

#include <csignal>

namespace assay::truth {

class EndSignals {
 public:
  EndSignals();
  void wait() const;  // until one comes

 private:
  sigset_t signals_;
};

}  // namespace assay::truth
