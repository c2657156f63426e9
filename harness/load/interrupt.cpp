#include "harness/load/interrupt.h"

#include <atomic>
#include <csignal>

namespace assay::load {
namespace {

constexpr int most_ignored = 2;

// The only globals: a signal handler is given nothing but the number of the signal.
std::atomic<Stop*> interrupted{nullptr};
std::atomic<int> seen{0};

extern "C" void on_signal(int number) {
  if (Stop* stop = interrupted.load()) stop->request();
  if (++seen >= most_ignored) std::signal(number, SIG_DFL);
}

}  // namespace

Interrupt::Interrupt(Stop& stop) {
  seen.store(0);
  interrupted.store(&stop);
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

Interrupt::~Interrupt() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  interrupted.store(nullptr);
}

}  // namespace assay::load
