// Hodges and Lehmann's estimates of where a sample lies and how far two samples lie apart, with the
// intervals that belong to Wilcoxon's rank tests (Hodges and Lehmann 1963). Pure; any thread.
//
// Nearly as sharp as means if noise is normal (a factor of 0.955), and not moved by a few trials
// far out. The intervals need no law of the noise, only that it falls alike to both sides of the
// centre, or on both samples. Between two ranks they are mixed, so that they hold 95 % and not
// whatever share few values leave. Above 200 values (a centre) or 100 (a shift) ranks come from the
// normal distribution. Time and memory grow with the square of the sample: for trials, not for
// requests.
//
// No interval (nullopt) when there are too few values for the confidence (six at 95 % for a centre,
// four on each side for a shift), or when some are not finite.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "harness/statistics/interval.h"

namespace assay::statistics {

// The median of the means of all pairs, each value with itself too.
std::optional<Interval> hodges_lehmann_centre(std::span<const double> sample,
                                              double confidence = usual_confidence);

// That of the interval from the lowest value to the highest; none is wider.
double highest_confidence(std::size_t size) noexcept;

// The median of all differences, ours less theirs; of samples that are not paired.
std::optional<Interval> hodges_lehmann_shift(std::span<const double> ours,
                                             std::span<const double> theirs,
                                             double confidence = usual_confidence);

}  // namespace assay::statistics
