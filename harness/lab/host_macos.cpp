// macOS: sysctl names the machine, libproc its processes.
#include "harness/lab/host.h"

#include <libproc.h>
#include <mach/mach_time.h>
#include <sys/sysctl.h>
#include <sys/utsname.h>

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace assay::lab {
namespace {

std::string text_of(const char* name) {
  std::array<char, 256> text{};
  std::size_t size = text.size() - 1;
  if (sysctlbyname(name, text.data(), &size, nullptr, 0) != 0) return {};
  return text.data();
}

template <class Number>
Number number_of(const char* name, Number otherwise) {
  Number value = 0;
  std::size_t size = sizeof value;
  return sysctlbyname(name, &value, &size, nullptr, 0) == 0 ? value : otherwise;
}

// rusage counts in ticks of the machine's own clock, which is not a nanosecond on Apple silicon.
double seconds_of(std::uint64_t ticks) {
  mach_timebase_info_data_t base{};
  mach_timebase_info(&base);
  return static_cast<double>(ticks) * base.numer / base.denom / 1e9;
}

std::vector<rusage_info_v2> usage_of(pid_t group) {
  std::vector<pid_t> members(1024);
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

HostFacts host_facts() {
  utsname names{};
  uname(&names);
  HostFacts facts;
  facts.cpu = text_of("machdep.cpu.brand_string");
  facts.cores = static_cast<unsigned>(number_of<int>("hw.ncpu", 1));
  facts.memory_bytes = number_of<std::uint64_t>("hw.memsize", 0);
  facts.system = fmt::format("{} {}", names.sysname, names.release);
  facts.architecture = names.machine;
  facts.machine = text_of("kern.uuid");
  facts.distribution = fmt::format("macOS {}", text_of("kern.osproductversion"));
  return facts;
}

double cpu_seconds_of_group(pid_t group) {
  double seconds = 0;
  for (const rusage_info_v2& info : usage_of(group)) {
    seconds += seconds_of(info.ri_user_time + info.ri_system_time);
  }
  return seconds;
}

std::uint64_t memory_bytes_of_group(pid_t group) {
  std::uint64_t bytes = 0;
  for (const rusage_info_v2& info : usage_of(group)) bytes += info.ri_phys_footprint;
  return bytes;
}

void end_with_parent(pid_t) {}

}  // namespace assay::lab
