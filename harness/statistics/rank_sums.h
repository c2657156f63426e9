// How a sum of ranks falls by chance, counted out. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::statistics {

// The chance of each sum, from 0 up, when every `chosen` of `ranks` are as likely as any other.
// Equal ranks (ties) may stand there as often as they occur. REQUIRES: chosen <= ranks.size() <=
// 200
std::vector<double> rank_sum_chances(std::span<const std::size_t> ranks, std::size_t chosen);

// The chance of each sum, from 0 up, when each of 1 to `size` is in the sum or not, as a coin
// falls.
std::vector<double> signed_rank_chances(std::size_t size);

}  // namespace assay::statistics
