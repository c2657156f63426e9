// Waits for one socket; what waits for many is the Poller. Any thread.
#pragma once

#include "harness/load/clock.h"
#include "harness/load/stop.h"

namespace assay::load {

// True once the socket is ready for `what` (POLLIN, POLLOUT) or has broken; false when it is not by
// the deadline. A signal does not end the wait, but a stop does, where one is given.
bool is_ready(int socket, short what, TimePoint deadline, const Stop* stop = nullptr);

}  // namespace assay::load
