// What the machine and its processes have counted since they started, at one instant. Two of them
// make the Conditions of a trial.
//
// host_counters_linux.cpp and host_counters_macos.cpp read them; CMake picks one. A reading takes a
// few milliseconds, most of it for the processes. Any thread.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace assay::lab {

struct ProcessTime {
  pid_t process = 0;
  pid_t parent = 0;
  pid_t group = 0;
  std::uint64_t started = 0;  // tells it from a later one with its number
  bool is_kernel = false;     // a thread of the kernel
  double cpu_s = 0;           // of all its threads, ended ones too
  double ended_s = 0;         // of its children that have ended; 0 where that is not told
  double all_s() const { return cpu_s + ended_s; }
};

struct HostCounters {
  std::chrono::steady_clock::time_point time;
  std::vector<ProcessTime> processes;  // all that we may see
  unsigned cores = 1;
  std::optional<double> busy_s;  // of all cores, without waiting and without what was stolen
  std::optional<double> steal_s;
  std::optional<double> pressure_s;  // in which some task waited for a core
  std::optional<std::uint64_t> throttled;
  std::optional<double> temperature_c;  // these two at that instant
  std::optional<double> frequency_mhz;
};

HostCounters host_counters();

// Of what all cores were busy, how much no process may account for before some are taken to be
// missing: see conditions.cpp.
extern const double largest_unaccounted_share;

// A step of the clocks that count processor time, in seconds.
inline constexpr double processor_tick_s = 0.01;

}  // namespace assay::lab
