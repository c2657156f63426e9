// The machine that measures: what it is, and what a group of its processes has used.
//
// The system-specific half stands in host_linux.cpp and host_macos.cpp; CMake picks one. Any
// thread.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <span>
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

// What makes the same processor faster or slower, by name: firmware, kernel, limits; what the
// system does not tell is left out.
std::map<std::string, std::string> host_settings();
std::map<std::string, std::string> system_settings();  // those that each system names its own way

// Of all live processes of a process group. Memory is PSS on Linux and the physical footprint on
// macOS: RSS would count shared pages once for each process.
double cpu_seconds_of_group(pid_t group);
std::uint64_t memory_bytes_of_group(pid_t group);  // takes a millisecond: not within a measurement

double load_average();  // of the last minute

// From now on this process and those that it starts may have as many files open as the system lets
// them, which is returned; no more than 65,536, since programs have tables of that length. Usually
// it lets them only on demand, and then who is measured later has more than who was first.
std::uint64_t raise_open_files();

// Who listens on a TCP port of this machine: the group that should, or processes outside it. One
// that the system does not let us look into counts as an other.
struct PortOwners {
  bool group = false;
  bool others = false;
};
PortOwners owners_of_port(std::uint16_t port, pid_t group);

// The cores of this machine that we may use, physical ones: threads that share one stand together.
std::vector<std::vector<unsigned>> physical_cores();

// Kills what has this variable, such as "ASSAY_SERVER=12-3", in the environment that it was started
// with: a server's processes that have left its group. macOS does not show environments; there it
// does nothing.
void end_processes_with(const std::string& variable);

// Called in a child before it becomes a server: asks the system to end it when the laboratory ends,
// however that happens. Async-signal-safe. macOS has no such call; there it does nothing.
void end_with_parent(pid_t parent);

// The calling thread, and what it starts from now on, runs on these cores only; none: as before.
// Async-signal-safe. macOS has no such call; there it does nothing.
void keep_to_cores(std::span<const unsigned> cores);

}  // namespace assay::lab
