// What idle connections cost: the memory of a server that holds them, and what they make of its
// work for connections that are active. Belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/cost/cost_rounds.h"

namespace assay::cost {

inline constexpr std::size_t active_connections = 1000;

struct IdleCost {
  std::size_t idle = 0;
  std::size_t closed = 0;                   // by the server, in all rounds
  std::vector<std::uint64_t> empty_bytes;   // one a round, as all below; after one reply
  std::vector<std::uint64_t> filled_bytes;  // with the idle connections, each after one reply
  std::vector<Cost> alone;                  // active connections without idle ones
  std::vector<Cost> beside;
};

Result<IdleCost> measured_idle(const CostPlan& plan, const Contender& contender, std::size_t idle,
                               const load::Stop& stop, const Say& say);

}  // namespace assay::cost
