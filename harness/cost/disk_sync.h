// How long a disk takes until one written page is on it: the scale of durable writes. Blocks for
// some dozens of syncs; any thread.
#pragma once

#include <filesystem>

#include "harness/cost/cost_error.h"

namespace assay::cost {

// Median, in microseconds, of a file in `folder` that has its size already. The file is gone after.
Result<double> disk_sync_us(const std::filesystem::path& folder);

}  // namespace assay::cost
