// How much processor time the calling thread has used, user and system. The same call on Linux and
// macOS, with the resolution of the scheduler's own clock and not of its ticks.
#pragma once

#include "harness/load/clock.h"

namespace assay::load {

nanoseconds thread_cpu_time() noexcept;

}  // namespace assay::load
