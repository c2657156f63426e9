// Which places of a table each cell may have, and which cells share one. Pure; any thread.
//
// A cell is behind those that are faster than it by `compared` and ahead of those that are slower;
// the rest may stand on either side. Each rank takes a comparison with every other cell, so each is
// made at a higher confidence (Bonferroni), and the rank as a whole is held at 95 %. So a rank
// never says more than the verdicts beside it.
//
// Not the bootstrap of ranks: simulated with five equal cells and ten blocks, its "95 %" intervals
// left out a place that the cell may have in 41 % of cases, these in less than 5 %.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "harness/statistics/comparison.h"

namespace assay::statistics {

struct RankInterval {
  std::size_t low = 1;  // 1 is the fastest
  std::size_t high = 1;
  friend bool operator==(const RankInterval&, const RankInterval&) = default;
};

struct Ranking {
  std::vector<RankInterval> ranks;       // in the order of the cells
  double confidence = usual_confidence;  // less when the blocks are too few for so many cells
};

// A cell's rate by block; nothing where it has no valid trial. Two cells are paired in the blocks
// that both have, six at least; otherwise nothing tells them apart.
using RatesByBlock = std::vector<std::optional<double>>;

// REQUIRES: as many blocks for each cell
Ranking ranking(std::span<const RatesByBlock> cells, double floor = default_floor);

// The cells by their places in the table, fastest first. Those whose intervals overlap, one with
// the next, are one group; between groups nothing is in doubt.
std::vector<std::vector<std::size_t>> tie_groups(std::span<const RankInterval> ranks);

}  // namespace assay::statistics
