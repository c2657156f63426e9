// A rate as it is typed: "1000" or, for one that changes evenly over the measured time,
// "1000:5000". Pure; any thread.
#pragma once

#include <string_view>

#include "harness/load/load_error.h"
#include "harness/load/text/rate.h"

namespace assay::load {

Result<Rate> parse_rate(std::string_view text);
// REQUIRES: one of "constant", "poisson", "burst"
Arrivals parse_arrivals(std::string_view text);

}  // namespace assay::load
