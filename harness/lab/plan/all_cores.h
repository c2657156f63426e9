// What a plan's load of all cores comes to on a host. Pure.
#pragma once
#include <cstddef>

#include "harness/lab/plan/plan.h"

namespace assay::lab {

// Gives it the number that a server may have here, and so the size in each series. Where another
// load of the plan gives that number already, it is left out: the two would be the same.
void give_all_cores(Plan& plan, std::size_t cores);

}  // namespace assay::lab
