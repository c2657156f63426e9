// What storage_cost found, as a person reads it. Pure; any thread.
#pragma once

#include <string>

#include "harness/cost/storage_figures.h"

namespace assay::cost {

std::string storage_table(const StorageReport& report);

}  // namespace assay::cost
