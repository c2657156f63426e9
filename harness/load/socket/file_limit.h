// Whether this process may open as many sockets as a job needs; asks the system for more if not.
#pragma once

#include <cstddef>
#include <optional>

#include "harness/load/load_error.h"

namespace assay::load {

// Raises the soft limit only when it is too low: children inherit it, and what starts them decides
// what they get, as the laboratory does before its first trial. Nothing, or what stands in the way.
std::optional<LoadError> allow_open_files(std::size_t sockets);

}  // namespace assay::load
