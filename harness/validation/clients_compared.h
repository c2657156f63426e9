// T10: other load generators on two laws, beside ours and beside the truth. Blocks for seconds a
// client.
#pragma once

#include "harness/validation/laboratory.h"
#include "harness/validation/proof.h"
#include "harness/validation/tries.h"

namespace assay::validation {

// Adds a row for each client on each law, and checks for ours alone: how wrong others are does not
// decide about us. `say` hears what begins.
Result<void> compare_clients(const Laboratory& laboratory, const Say& say, Proof& proof);

}  // namespace assay::validation
