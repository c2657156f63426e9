// Sockets whose reply was read and whose server has said that it will close, but has not yet.
//
// Who closes first keeps the port for a minute or so (TIME_WAIT). A client that opens thousands of
// connections a second must not be that side: it would run out of ports and measure that. So the
// server's close is awaited here, while the connection's next request is already under way. A
// server that does not close within the grace is closed upon. Belongs to one loop.
#pragma once

#include <cstddef>
#include <unordered_map>
#include <utility>

#include "harness/load/clock.h"
#include "harness/load/socket/descriptor.h"

namespace assay::load {

class ClosingSockets {
 public:
  static constexpr std::size_t most = 1024;
  static constexpr nanoseconds grace = std::chrono::seconds(1);

  void hold(Descriptor socket, TimePoint now);  // closes it at once if too many are held
  void hung_up(int socket) { held_.erase(socket); }
  void close_older(TimePoint now);  // what has been held for longer than the grace

 private:
  struct Held {
    Descriptor socket;
    TimePoint since;
  };
  std::unordered_map<int, Held> held_;
};

}  // namespace assay::load
