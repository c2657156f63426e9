// What the processes of a server's group hold and have done, at one instant.
//
// group_state_linux.cpp and group_state_macos.cpp read it; CMake picks one. Memory is not in it:
// that reading is the dearest, see memory_bytes_of_group. Any thread.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>

#include "harness/lab/record/trial_record.h"

namespace assay::lab {

struct Switches {
  std::uint64_t voluntary = 0;    // it waited for something
  std::uint64_t involuntary = 0;  // its core was taken from it
};

struct GroupState {
  std::uint64_t processes = 0;
  std::uint64_t threads = 0;
  std::optional<std::uint64_t> open_files;                // nothing: we may not look
  std::optional<std::map<std::uint64_t, Switches>> each;  // by thread; macOS does not tell
};

GroupState group_state(pid_t group);

// Sets all but the memory. Switches of threads that ended between the two are lost; those of
// threads that began are counted. Pure.
void set_between(ServerState& state, const GroupState& first, const GroupState& last);

}  // namespace assay::lab
