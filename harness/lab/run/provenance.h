// Where a result comes from: the commit, the binary, the compiler, the command.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "harness/lab/checkout.h"
#include "harness/lab/record/result.h"
#include "harness/lab/run/bench.h"

namespace assay::lab {

// Takes long enough to be asked once, before the first trial.
Provenance provenance_of(const Checkout& checkout, const std::vector<std::string>& argv);

// The files and folders of the checkout that the bench is made from, for `source_hashes`.
std::set<std::string> sources_of(const Checkout& checkout, const Bench& bench);

}  // namespace assay::lab
