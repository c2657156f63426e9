// How even or clustered events are: the variance of their numbers in equal windows over the mean
// number. Events that know nothing of each other (Poisson) give 1, a clock 0, groups of k give k.
// Pure; any thread.
#pragma once

#include <span>

namespace assay::statistics {

// How many fell into each window. REQUIRES: two windows or more, an event or more
double index_of_dispersion(std::span<const double> in_windows) noexcept;

}  // namespace assay::statistics
