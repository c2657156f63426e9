// What agents and their controller ask of the system that POSIX has no word for. Linux and macOS.
#pragma once

#include <sys/types.h>

#include <string>

namespace assay::agents {

// The same for all processes of a machine until it is started anew; no other machine has it. Empty
// where the system does not tell. Any thread.
std::string machine_identity();

// Ends the calling process when its parent ends, where the system can. Between fork and exec.
void end_with_parent(pid_t parent);

}  // namespace assay::agents
