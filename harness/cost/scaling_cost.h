// What a second worker adds: the rate of two against one. Belongs to one thread.
#pragma once

#include <vector>

#include "harness/cost/cost_rounds.h"

namespace assay::cost {

struct ScalingCost {
  bool is_apart = false;  // client and server had cores of their own
  std::vector<Cost> one;  // worker; one cost a round
  std::vector<Cost> two;
};

// `reference` holds {workers} where their number goes; `usable` are the cores of client and server.
// Moves the calling thread to the client's.
Result<ScalingCost> measured_scaling(const CostPlan& plan, const Contender& reference,
                                     const std::vector<int>& usable, const load::Stop& stop,
                                     const Say& say);

}  // namespace assay::cost
