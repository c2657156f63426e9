// The median of a sample: the middle value, or the mean of the two in the middle. Pure; any thread.
//
// Medians and not means, because a trial that met a noisy neighbour is common and says nothing of
// the server.
#pragma once

#include <span>

namespace assay::statistics {

double median(std::span<const double> sample);  // REQUIRES: not empty, no NaN

// The same without a copy, for a buffer that is filled again and again; reorders `sample`.
double median_in_place(std::span<double> sample);  // REQUIRES: not empty, no NaN

}  // namespace assay::statistics
