// What a ratio of two baselines says: which is faster, or that nobody can tell. Pure; any thread.
//
// "Faster" needs both: an interval that leaves out 1 (not chance) and an effect above the floor
// (not the noise that this host shows between two copies of the same program). Exchanging the sides
// exchanges the words: a floor of 0.03 asks for a ratio above 1.03 or below 1 / 1.03.
#pragma once

#include <optional>
#include <string_view>

#include "harness/statistics/interval.h"

namespace assay::statistics {

enum class Comparison { faster, slower, tie, no_interval };

inline constexpr double default_floor = 0.03;

// `ratio` is ours over theirs of a rate: above 1, ours is faster.
Comparison compared(const std::optional<Interval>& ratio, double floor = default_floor) noexcept;

std::string_view text(Comparison comparison) noexcept;  // "faster", "no interval"

}  // namespace assay::statistics
