// macOS: libproc tells of processes; threads choose their core themselves.
#include "harness/cost/cost_host.h"

#include <fcntl.h>
#include <libproc.h>
#include <mach/mach_time.h>

#include <algorithm>
#include <numeric>
#include <thread>

namespace assay::cost {
namespace {

constexpr std::size_t most_members = 1024;

// rusage counts in ticks of the machine's own clock, which is not a nanosecond on Apple silicon.
load::nanoseconds time_of(std::uint64_t ticks) {
  mach_timebase_info_data_t base{};
  mach_timebase_info(&base);
  return load::nanoseconds(static_cast<std::int64_t>(ticks * base.numer / base.denom));
}

std::vector<rusage_info_v2> usage_of(pid_t group) {
  std::vector<pid_t> members(most_members);
  const int bytes = proc_listpids(PROC_PGRP_ONLY, static_cast<std::uint32_t>(group), members.data(),
                                  static_cast<int>(members.size() * sizeof(pid_t)));
  members.resize(bytes <= 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(pid_t));
  std::vector<rusage_info_v2> found;
  for (const pid_t member : members) {
    rusage_info_v2 info{};
    auto* buffer = reinterpret_cast<rusage_info_t*>(&info);
    if (proc_pid_rusage(member, RUSAGE_INFO_V2, buffer) == 0) found.push_back(info);
  }
  return found;
}

}  // namespace

std::vector<int> usable_cores() {
  std::vector<int> cores(std::max(1U, std::thread::hardware_concurrency()));
  std::iota(cores.begin(), cores.end(), 0);
  return cores;
}

bool pin_to(std::span<const int>) { return false; }

load::nanoseconds cpu_of_group(pid_t group) {
  load::nanoseconds total{0};
  for (const rusage_info_v2& info : usage_of(group)) {
    total += time_of(info.ri_user_time + info.ri_system_time);
  }
  return total;
}

std::uint64_t memory_of_group(pid_t group) {
  std::uint64_t bytes = 0;
  for (const rusage_info_v2& info : usage_of(group)) bytes += info.ri_phys_footprint;
  return bytes;
}

bool sync_data(int file) { return fcntl(file, F_FULLFSYNC) == 0; }

void end_with_parent(pid_t) {}

}  // namespace assay::cost
