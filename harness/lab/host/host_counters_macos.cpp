// macOS: Mach counts the cores' time, libproc that of the processes of this user. Others' and the
// kernel's are seen as busy time that nobody accounts for. It tells no steal, pressure, temperature
// or frequency without root.
#include "harness/lab/host/host_counters.h"

#include <libproc.h>
#include <mach/mach.h>
#include <mach/mach_time.h>
#include <mach/processor_info.h>
#include <sys/sysctl.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

namespace assay::lab {
namespace {

// Ticks of 10 ms, as CLK_TCK says.
std::optional<double> busy_seconds() {
  natural_t cores = 0;
  processor_info_array_t table = nullptr;
  mach_msg_type_number_t size = 0;
  const mach_port_t host = mach_host_self();
  const kern_return_t told =
      host_processor_info(host, PROCESSOR_CPU_LOAD_INFO, &cores, &table, &size);
  mach_port_deallocate(mach_task_self(), host);
  if (told != KERN_SUCCESS) return std::nullopt;
  double ticks = 0;
  for (natural_t core = 0; core < cores; ++core) {
    const integer_t* row = table + core * CPU_STATE_MAX;
    for (const int state : {CPU_STATE_USER, CPU_STATE_SYSTEM, CPU_STATE_NICE}) {
      ticks += static_cast<double>(static_cast<std::uint32_t>(row[state]));
    }
  }
  vm_deallocate(mach_task_self(), reinterpret_cast<vm_address_t>(table), size * sizeof(integer_t));
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// rusage counts in ticks of the machine's own clock, which is not a nanosecond on Apple silicon.
double seconds_of(std::uint64_t ticks) {
  mach_timebase_info_data_t base{};
  mach_timebase_info(&base);
  return static_cast<double>(ticks) * base.numer / base.denom / 1e9;
}

std::optional<ProcessTime> time_of(pid_t process) {
  rusage_info_v2 usage{};
  proc_bsdinfo names{};
  auto* buffer = reinterpret_cast<rusage_info_t*>(&usage);
  if (proc_pid_rusage(process, RUSAGE_INFO_V2, buffer) != 0) return std::nullopt;
  const int bytes =
      proc_pidinfo(process, PROC_PIDTBSDINFO, 0, &names, static_cast<int>(sizeof names));
  if (bytes < static_cast<int>(sizeof names)) return std::nullopt;
  ProcessTime time;
  time.process = process;
  time.parent = static_cast<pid_t>(names.pbi_ppid);
  time.group = static_cast<pid_t>(names.pbi_pgid);
  time.started = usage.ri_proc_start_abstime;
  time.cpu_s = seconds_of(usage.ri_user_time + usage.ri_system_time);
  time.ended_s = seconds_of(usage.ri_child_user_time + usage.ri_child_system_time);
  return time;
}

}  // namespace

HostCounters host_counters() {
  HostCounters counters;
  std::vector<pid_t> processes(16'384);
  const int bytes = proc_listpids(PROC_ALL_PIDS, 0, processes.data(),
                                  static_cast<int>(processes.size() * sizeof(pid_t)));
  processes.resize(bytes <= 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(pid_t));
  for (const pid_t process : processes) {
    if (const auto time = time_of(process)) counters.processes.push_back(*time);
  }
  counters.cores = std::max(1U, std::thread::hardware_concurrency());
  counters.busy_s = busy_seconds();
  counters.time = std::chrono::steady_clock::now();
  return counters;
}

// The kernel's own threads, which carry what goes over the loopback, and root's are not shown.
const double largest_unaccounted_share = 0.3;

}  // namespace assay::lab
