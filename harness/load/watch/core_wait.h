// How long the calling thread has waited for a core, since it began: it could have run, but another
// thread did. Nothing where the system does not tell, as on macOS. Reads a file on Linux, so not
// for each request.
#pragma once

#include <optional>

#include "harness/load/clock.h"

namespace assay::load {

std::optional<nanoseconds> thread_core_wait() noexcept;

}  // namespace assay::load
