// Tells how long this process stood still: stopped, or without a core while others had them all.
//
// A thread of its own wakes at fixed times, every 5 ms, and notes by how much it was late at most.
// What sends and receives is not slowed down by it, and need not notice itself. A standstill counts
// from when the next pulse was due, so up to an interval of it is not seen. On a machine whose
// cores are all busy, a pulse is late by what any thread waits for its turn: that is the number.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "harness/load/clock.h"

namespace assay::load {

struct Window {
  TimePoint begin;
  TimePoint end;
};

// How much of the time from `due` to `woke` lay within the window. Pure.
nanoseconds late_within(TimePoint due, TimePoint woke, const Window& window);

class Pulse {
 public:
  static constexpr nanoseconds interval = std::chrono::milliseconds(5);

  Pulse();  // throws std::system_error where there is no thread to be had
  ~Pulse();
  Pulse(const Pulse&) = delete;
  Pulse& operator=(const Pulse&) = delete;

  void watch(const Window& window);  // once, at best before it begins: nothing counts until then
  nanoseconds end();                 // the longest it was late within the window; once

 private:
  void beat();

  std::mutex mutex_;  // guards all but the thread
  std::condition_variable ended_;
  bool is_over_ = false;
  Window window_{TimePoint::max(), TimePoint::max()};
  nanoseconds longest_{0};
  std::thread thread_;
};

}  // namespace assay::load
