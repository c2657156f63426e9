// Where the load generator was the limit, so that a server may be faster than its figure. Pure.
#pragma once
#include <string>
#include <string_view>

#include "harness/statistics/comparison.h"

namespace assay::lab {

inline constexpr std::string_view client_bound_verdict = "client-bound";

// Of a trial, or of the median of a cell's: see the description of its `client_cpu`.
bool is_client_bound(double client_cpu) noexcept;

// "faster" and such, or "client-bound" where two figures leave open which server is faster. The
// lead of one that the client held back is at least what it shows; where the one behind was held
// back, or one of a tie, nobody knows.
std::string verdict_of(statistics::Comparison first_over_second, bool is_first_bound,
                       bool is_second_bound);

}  // namespace assay::lab
