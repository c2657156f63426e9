// Tells which sockets have become ready: epoll on Linux, kqueue on macOS. One thread at a time.
//
// Edge-triggered: a socket is reported when something new happened to it, in either direction, so
// it is watched once and never again; who is told that it is readable reads until less came than
// asked for. A socket leaves the poller when it is closed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/load/clock.h"
#include "harness/load/load_error.h"
#include "harness/load/socket/descriptor.h"

namespace assay::load {

class Poller {
 public:
  struct Event {
    std::uint64_t token = 0;  // as given to `watch`
    bool readable = false;
    bool writable = false;
    bool hung_up = false;  // the peer will send no more, or the connection broke
  };

  static Result<Poller> open();

  bool watch(int socket, std::uint64_t token);  // false when the system refused; errno says why
  // At most `timeout`, as exactly as the system wakes. The events are valid until the next call.
  std::span<const Event> wait(nanoseconds timeout);
  // Asks the system not to wake this thread later than it must. Elsewhere it may save power so.
  static void wake_exactly();

 private:
  explicit Poller(Descriptor queue);

  Descriptor queue_;
  std::vector<Event> events_;
};

}  // namespace assay::load
