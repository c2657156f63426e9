// Where threads wait for the next connection, until they are told to stop.
//
// Any number of threads may call it at once. Several that wait are all woken by one connection, and
// all but one wait again: poll, alone, also watches for the stop, and who waits here has nothing
// else to do. While connections queue up nobody waits, so nobody is woken in vain.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

#include "server/runtime/descriptor.h"
#include "server/runtime/listener.h"
#include "server/runtime/pipe.h"

namespace assay::runtime {

// A connection, as `accept_connection` gives it, and when it was accepted.
struct Arrival {
  Descriptor socket;
  std::chrono::steady_clock::time_point came;
};

class BlockingAcceptor {
 public:
  explicit BlockingAcceptor(const Listeners& listeners);  // throws StartError

  // The next connection; none: `stop` was called, and those that waited then have been given. Out
  // of files or memory it calls `make_room`, and tries again after a moment.
  Arrival accept(const std::function<void()>& make_room);
  // As often as one likes. Whoever waits in the system's queue is accepted first, as its request
  // may be there whole; nobody else can connect.
  void stop();
  void wait_for_stop() const;

 private:
  void accept_waiting();
  Arrival take_left();
  void wait(int error) const;

  int listener_;  // the only one that these models have
  Pipe stop_;     // can be read once `stop` was called
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;          // guards left_
  std::deque<Arrival> left_;  // at the stop
};

}  // namespace assay::runtime
