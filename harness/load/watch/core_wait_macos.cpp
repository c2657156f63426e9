#include "harness/load/watch/core_wait.h"

namespace assay::load {

// Mach tells how long a thread ran, and not how long it could have.
std::optional<nanoseconds> thread_core_wait() noexcept { return std::nullopt; }

}  // namespace assay::load
