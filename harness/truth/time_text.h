// Times as a command line gives them: a number and its unit, "250us", "1.5ms", "2s". Exact to the
// nanosecond, so that what is served is what was asked for. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/load/clock.h"

namespace assay::truth {

// Nothing for a text that is no time, is shorter than its last digit, or is longer than an hour.
std::optional<load::nanoseconds> parse_time(std::string_view text);

}  // namespace assay::truth
