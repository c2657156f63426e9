// Where the server is, as the system wants it to be told, and whether anything listens there.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "harness/load/clock.h"
#include "harness/load/load_error.h"
#include "harness/load/socket/target.h"
#include "harness/load/stop.h"

namespace assay::load {

struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;

  int family() const { return storage.ss_family; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

// The first address of the host that takes a connection ("localhost" often has two, and a server
// listens at one of them). Opens one connection and closes it again. Waits for `timeout` at most
// once the name is known, of which a silent address gets no more than its share. A stop, where one
// is given, ends the wait; whoever gives one looks at it when there is no address.
Result<Address> reachable_address(const std::string& host, std::uint16_t port, nanoseconds timeout,
                                  const Stop* stop = nullptr);

// The same for a host or a Unix socket. A path that is longer than the system takes is refused.
Result<Address> address_of(const Target& target, nanoseconds timeout, const Stop* stop = nullptr);

}  // namespace assay::load
