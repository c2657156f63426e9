#include "harness/load/command/interrupt.h"

#include <atomic>

namespace assay::load {
namespace {

constexpr int most_ignored = 2;

// The only globals: a signal handler is given nothing but the number of the signal.
std::atomic<Stop*> interrupted{nullptr};
std::atomic<int> seen{0};

extern "C" void on_signal(int number) {
  if (Stop* stop = interrupted.load()) stop->request();
  if (++seen >= most_ignored) signal(number, SIG_DFL);
}

}  // namespace

Interrupt::Interrupt(Stop& stop) {
  seen.store(0);
  interrupted.store(&stop);
  struct sigaction ours{};
  ours.sa_handler = on_signal;
  ours.sa_flags = SA_RESTART;
  sigemptyset(&ours.sa_mask);
  for (std::size_t index = 0; index < signals.size(); ++index) {
    sigaction(signals[index], nullptr, &previous_[index]);
    if (previous_[index].sa_handler != SIG_IGN) sigaction(signals[index], &ours, nullptr);
  }
}

Interrupt::~Interrupt() {
  for (std::size_t index = 0; index < signals.size(); ++index) {
    sigaction(signals[index], &previous_[index], nullptr);
  }
  interrupted.store(nullptr);
}

}  // namespace assay::load
