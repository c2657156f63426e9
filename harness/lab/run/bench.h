// What a run works with: its plan, the catalogue, and the cells of both. Read before anything is
// started; plain data after that.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/checkout.h"
#include "harness/lab/plan/catalogue.h"
#include "harness/lab/plan/plan.h"
#include "harness/lab/record/trial_record.h"

namespace assay::lab {

struct Bench {
  Plan plan;
  Catalogue catalogue;
  std::vector<Cell> cells;  // point into the others: a Bench is not copied
};

struct Wanted {
  std::string plan;
  std::optional<std::string> workload;  // instead of the plan's
  std::optional<int> blocks;            // so many, however precise they are and long they take
};

Result<void> prepare(const Checkout& checkout, const Wanted& wanted, Bench& bench);

bool can_run(const Cell& cell);  // here, as far as it is known before it is started

// What is left of the plan's blocks: how many trials, and about how long they take.
struct Left {
  std::size_t trials = 0;
  double seconds = 0;
};
Left left_of(const Bench& bench, const std::vector<Trial>& trials);

}  // namespace assay::lab
