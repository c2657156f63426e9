// Samples as quantities: a median or a ratio with its 95 % interval, or without one where there are
// too few values. Pure.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "harness/lab/record/result.h"
#include "harness/statistics/interval.h"

namespace assay::lab {

Quantity median_of(const std::vector<double>& sample);  // REQUIRES: !sample.empty()

// Of the blocks that both have, the one over the other; nothing where there is none.
using ByBlock = std::map<int, double>;
std::optional<Quantity> ratio_of(const ByBlock& over, const ByBlock& under);

std::optional<statistics::Interval> interval_of(const Quantity& quantity);

}  // namespace assay::lab
