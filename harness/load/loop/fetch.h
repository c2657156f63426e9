// One request and its whole reply, kept: for looking at a server, not for timing it. Blocks for
// `timeout` at most once the host's name is known; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "harness/load/clock.h"
#include "harness/load/load_error.h"
#include "harness/load/reply/expectation.h"
#include "harness/load/request/request.h"
#include "harness/load/socket/target.h"

namespace assay::load {

Result<Reply> fetch(const Target& target, const Request& request,
                    nanoseconds timeout = std::chrono::seconds(5));

// Over TCP, plain.
Result<Reply> fetch(const std::string& host, std::uint16_t port, const Request& request,
                    nanoseconds timeout = std::chrono::seconds(5));

}  // namespace assay::load
