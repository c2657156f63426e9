// The cells of one run beside each other: ratios with verdicts, places, and the noise that both are
// judged by. Pure; any thread.
//
// Cells of an open loop at a given rate, or at a share of another, are left out of all three: their
// rates are what was asked for and equal by design, so that a ratio of them would call servers
// equal that are not, and twins among them would make the host look quieter than it is. What tells
// them apart is their latency and their processor time, which their cells hold. The highest rate
// that keeps a limit is the server's own, and is compared.
#pragma once
#include <optional>
#include <vector>

#include "harness/lab/plan/plan.h"
#include "harness/lab/record/result.h"

namespace assay::lab {

// Every two baselines of each workload and load, paired by block; the one that the plan names first
// is `ours`. The interval alone decides on the verdict; `p` and `shift` stand beside it. It is
// "client-bound" where the client held back the one that is behind, or one of a tie.
std::vector<RatioRecord> compare(const std::vector<Cell>& cells, const std::vector<Trial>& trials,
                                 const std::optional<NoiseRecord>& noise = {});

// Gives each cell that has a figure its places among those of its workload and load.
void rank(std::vector<CellRecord>& records, const std::vector<Cell>& cells,
          const std::vector<Trial>& trials, const std::optional<NoiseRecord>& noise);

// What the cells show that were measured twice; nothing without one.
std::optional<NoiseRecord> noise_of(const std::vector<Cell>& cells,
                                    const std::vector<Trial>& trials);

}  // namespace assay::lab
