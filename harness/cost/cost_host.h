// What the measurement asks of the system that POSIX has no word for. Any thread; Linux and macOS.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <vector>

#include "harness/load/clock.h"

namespace assay::cost {

std::vector<int> usable_cores();  // those that this process may run on, in order; never empty

// For the calling process and all it starts later. False where the system pins nothing (macOS).
// Safe between fork and exec.
bool pin_to(std::span<const int> cores);

// Of all processes of a group that are alive. Exact only while they sleep: a running thread's time
// is written down when it is taken off its core.
load::nanoseconds cpu_of_group(pid_t group);

// Proportional set size where the system has it, so that shared pages count once.
std::uint64_t memory_of_group(pid_t group);

// What was written to the file is on the disk, as far as the system tells.
bool sync_data(int file);

// Ends the calling process when its parent ends, where the system can. Between fork and exec.
void end_with_parent(pid_t parent);

}  // namespace assay::cost
