#include "server/program/signal_watch.h"

#include <pthread.h>
#include <sys/time.h>

#include <csignal>
#include <utility>

namespace assay {

sigset_t set_of(std::initializer_list<int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  return set;
}

void set_alarm(std::chrono::milliseconds time) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(time.count() / 1000);
  timer.it_value.tv_usec = static_cast<suseconds_t>(time.count() % 1000 * 1000);
  setitimer(ITIMER_REAL, &timer, nullptr);
}

SignalWatch::SignalWatch(const sigset_t& signals, std::function<void()> first, Heard second)
    : signals_(signals),
      first_(std::move(first)),
      second_(std::move(second)),
      thread_([this] { watch(); }) {}

SignalWatch::~SignalWatch() {
  over_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);
  thread_.join();
}

void SignalWatch::watch() {
  if (wait() == 0) return;
  first_();
  while (const int signal = wait()) second_(signal);
}

int SignalWatch::wait() const {
  int signal = 0;
  sigwait(&signals_, &signal);
  return over_ ? 0 : signal;
}

}  // namespace assay
