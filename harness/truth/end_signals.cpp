#include "harness/truth/end_signals.h"

#include <pthread.h>

namespace assay::truth {

EndSignals::EndSignals() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGTERM);
  sigaddset(&signals_, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

void EndSignals::wait() const {
  int signal = 0;
  sigwait(&signals_, &signal);
}

}  // namespace assay::truth
