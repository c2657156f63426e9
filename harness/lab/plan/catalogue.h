// What this checkout has to offer: its workloads, and every variant of its baselines. Read once at
// the start of a command; plain data after that.
#pragma once
#include <string>
#include <vector>

#include "harness/lab/checkout.h"
#include "harness/lab/lab_error.h"
#include "harness/lab/plan/baseline.h"
#include "harness/lab/plan/workload.h"

namespace assay::lab {

struct Catalogue {
  std::vector<Workload> workloads;  // by name
  std::vector<Baseline> baselines;  // by label

  // The baselines that are named, by label or by the name that their variants share; all when
  // nothing is named. A name that no baseline has is an error.
  Result<std::vector<const Baseline*>> chosen(const std::vector<std::string>& names) const;
};

Result<Catalogue> read_catalogue(const Checkout& checkout);

}  // namespace assay::lab
