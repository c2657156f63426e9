// From trials to cells and ratios: medians, intervals, verdicts. Pure; any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/conformance.h"
#include "harness/lab/plan.h"
#include "harness/lab/result.h"

namespace assay::lab {

// A cell for each of the plan's, measured or not, in the plan's order; twins are left out.
std::vector<CellRecord> summarise(const std::vector<Cell>& cells, const std::vector<Trial>& trials,
                                  const Conformance& conformance = {});

// Every two baselines of each workload and load, paired by block; the one that the plan names first
// is `ours`.
std::vector<RatioRecord> compare(const std::vector<Cell>& cells, const std::vector<Trial>& trials,
                                 const std::optional<NoiseRecord>& noise = {});

// Gives each cell that has a figure its places among those of its workload and load.
void rank(std::vector<CellRecord>& records, const std::vector<Cell>& cells,
          const std::vector<Trial>& trials, const std::optional<NoiseRecord>& noise);

// What the cells show that were measured twice; nothing without one.
std::optional<NoiseRecord> noise_of(const std::vector<Cell>& cells,
                                    const std::vector<Trial>& trials);

}  // namespace assay::lab
