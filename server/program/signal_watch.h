// Hears signals on a thread of its own, so that none interrupts a loop.
//
// Calls `first` at the first of `signals` and `second` at any other, until it is destroyed.
// REQUIRES: they are blocked in every thread, and SIGTERM is one of them.
#pragma once
#include <signal.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <initializer_list>
#include <thread>

namespace assay {

sigset_t set_of(std::initializer_list<int> signals);

// Sends SIGALRM: there is no other way to wait for a signal and a time, as macOS knows it.
void set_alarm(std::chrono::milliseconds time);

class SignalWatch {
 public:
  using Heard = std::function<void(int signal)>;

  SignalWatch(const sigset_t& signals, std::function<void()> first, Heard second);
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

 private:
  void watch();
  int wait() const;  // 0: it is being destroyed

  sigset_t signals_;
  std::function<void()> first_;
  Heard second_;
  std::atomic<bool> over_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace assay
