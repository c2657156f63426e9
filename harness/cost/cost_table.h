// What server_cost found, as a person reads it. Pure; any thread.
#pragma once

#include <string>

#include "harness/cost/cost_figures.h"

namespace assay::cost {

std::string cost_table(const CostReport& report);

}  // namespace assay::cost
