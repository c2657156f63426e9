// The floor by a second ruler: one blocking socket, one request after the other, the clock read
// before the first byte is sent and after the last has come. It shares no code with the load
// generator (no loop, no poller, no parser, no histogram), so that an error that is in every
// reading of ours is not in its.
//
// Blocks until it has made `rounds` round trips, one at each `every`; waits awake until it is
// due, as ours does. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/load/clock.h"
#include "harness/load/stop.h"
#include "harness/validation/validation_error.h"

namespace assay::validation {

struct PlainRounds {
  std::size_t rounds = 1;
  std::chrono::nanoseconds every{0};
  bool stays_awake = false;  // asks for the reply until it is there, instead of waiting asleep
};

// How long each took, in the order in which they were made. Whole replies alone: anything else is
// an error, since the server is ours and answers at once.
Result<std::vector<std::chrono::nanoseconds>> plain_rounds(std::uint16_t port,
                                                           const PlainRounds& wanted,
                                                           const load::Stop& stop);

}  // namespace assay::validation
