// The settings of another load generator, as a document used it, laid under the options that were
// typed: what was typed stands. Pure; any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "harness/load/command/options.h"
#include "harness/load/load_error.h"

namespace assay::load {

// Was the option of that name, "-c", typed?
using IsTyped = std::function<bool(std::string_view name)>;

// "oha": as Spikard's harness called it, see docs/oha.md. `cores`: of this machine, at least 1.
Result<Options> with_preset(std::string_view name, const Options& typed, const IsTyped& is_typed,
                            std::size_t cores);

}  // namespace assay::load
