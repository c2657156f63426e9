// The random numbers of a request: any one of a seeded sequence, without those before it. So what
// happens to request k follows from the seed and k alone, whatever the others did and whenever they
// came, and can be told in advance. Pure; any thread.
#pragma once

#include <cstdint>

namespace assay::truth {

enum class Purpose : std::uint8_t { service_time, fate };  // each has a sequence of its own

// Evenly from [0, 1), a multiple of 2^-53.
double draw(std::uint64_t seed, Purpose purpose, std::uint64_t request) noexcept;

}  // namespace assay::truth
