// The fit of a scaling law to blocks of trials, with 95 % intervals of its parameters. Pure; any
// thread.
//
// The law is the fit to all trials at once. The intervals are those of the median of what each
// block says by itself, cut off below 0 only at the end. Simulated (5 % noise, 6 to 15 blocks of 3
// to 5 numbers of workers, sigma 0 to 1.2, kappa 0 to 0.05) they held the truth in 94 to 96 % of
// cases, in more where they are cut off; the BCa bootstrap over blocks in 80 to 94 %, and least
// where sigma or kappa is near 0. The peak's runs from where the blocks leave it open whether the
// rate falls to where it does.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "harness/statistics/interval.h"
#include "harness/statistics/scaling_law.h"

namespace assay::statistics {

struct ScalingFit {
  ScalingLaw law;
  Interval lambda;  // around the law's own; widened where the blocks' median leaves it outside
  Interval sigma;
  Interval kappa;
  Interval peak_workers;  // infinite where the rate may never fall: no peak that anyone can tell
};

// Each block with enough different numbers of workers for a fit of its own. Nothing below six
// blocks, or when a block has no fit.
std::optional<ScalingFit> fit_blocks(ScalingModel model,
                                     std::span<const std::vector<Throughput>> blocks);

}  // namespace assay::statistics
