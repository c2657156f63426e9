// Whether a target can be asked at all, before a run counts a million times that it cannot.
//
// Finds the address that takes a connection and, under TLS, shakes hands there once. Blocks for
// `timeout` at most once the host's name is known, or until a stop; any thread.
#pragma once

#include "harness/load/clock.h"
#include "harness/load/load_error.h"
#include "harness/load/socket/address.h"
#include "harness/load/socket/stream.h"
#include "harness/load/socket/target.h"
#include "harness/load/socket/tls.h"
#include "harness/load/stop.h"

namespace assay::load {

// The address; `tls` is null for a plain target.
Result<Address> reach(const Target& target, const Tls* tls, nanoseconds timeout,
                      const Stop* stop = nullptr);

// A stream that stands: connected and, under TLS, shaken hands.
Result<Stream> standing_stream(const Target& target, const Tls* tls, nanoseconds timeout);

}  // namespace assay::load
