// What chance gives request `number` of a run: follows from a key and the number alone, so that
// agents that share a run draw what one would. Pure; any thread.
#pragma once

#include <cstdint>

namespace assay::load {

// A key's stream of random numbers, entered at `number`: what a RandomStream of the key gives as
// its next after `number` others.
std::uint64_t drawn(std::uint64_t key, std::uint64_t number);

// Evenly from 0 to `span`, off by at most span / 2^64.
std::uint64_t drawn_up_to(std::uint64_t span, std::uint64_t key, std::uint64_t number);

}  // namespace assay::load
