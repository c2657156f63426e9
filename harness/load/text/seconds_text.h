// Times as a command line gives them: a number of seconds, or one with its unit: "10", "0.5",
// "500ms", "10s", "2m", "1h". Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace assay::load {

// In seconds, also one that is zero or below. Nothing: no such time.
std::optional<double> parse_seconds(std::string_view text);

}  // namespace assay::load
