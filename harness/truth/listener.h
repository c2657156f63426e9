// A listening TCP socket: non-blocking, closed in children, TCP_NODELAY for what it accepts.
#pragma once

#include <cstdint>
#include <string>

#include "harness/load/socket/descriptor.h"
#include "harness/truth/truth_error.h"

namespace assay::truth {

struct Listener {
  load::Descriptor socket;
  std::uint16_t port = 0;  // the real one, also when 0 was asked for
};

// `shares_port`: others may listen at the same port and get connections of their own.
Result<Listener> listen_at(const std::string& host, std::uint16_t port, bool shares_port);

// A second number for the same socket, for a worker where listeners cannot share a port.
Result<Listener> same_listener(const Listener& first);

// A port of 127.0.0.1 that was free a moment ago, for a server that cannot choose one itself.
// Should somebody take it first, the server says so when it starts.
Result<std::uint16_t> free_port();

}  // namespace assay::truth
