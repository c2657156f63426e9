// Where a result comes from: the commit, the binary, the compiler, the command.
#pragma once
#include <string>
#include <vector>

#include "harness/lab/checkout.h"
#include "harness/lab/result.h"

namespace assay::lab {

Provenance provenance_of(const Checkout& checkout, const std::vector<std::string>& argv);

}  // namespace assay::lab
