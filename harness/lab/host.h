// The machine that measures: what it is, and what a group of its processes has used.
//
// The system-specific half stands in host_linux.cpp and host_macos.cpp; CMake picks one. Any
// thread.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace assay::lab {

struct HostFacts {
  std::string cpu;
  unsigned cores = 1;
  std::uint64_t memory_bytes = 0;
  std::string system;        // "Linux 6.18.0"
  std::string architecture;  // "x86_64"
  std::string distribution;  // "Debian GNU/Linux 12 (bookworm)"
  std::string machine;       // what tells two hosts of one kind apart; goes into the id only
};
HostFacts host_facts();

// Twelve hex digits of what stays the same from day to day: results are kept by it, never mixed.
std::string host_id(const HostFacts& facts);

// What a reader must know of this host before believing its figures, as sentences.
std::vector<std::string> host_notes(const HostFacts& facts);

// Of all live processes of a process group. Memory is PSS on Linux and the physical footprint on
// macOS: RSS would count shared pages once for each process.
double cpu_seconds_of_group(pid_t group);
std::uint64_t memory_bytes_of_group(pid_t group);  // takes a millisecond: not within a measurement

double load_average();  // of the last minute

// Called in a child before it becomes a server: asks the system to end it when the laboratory ends,
// however that happens. Async-signal-safe. macOS has no such call; there it does nothing.
void end_with_parent(pid_t parent);

}  // namespace assay::lab
