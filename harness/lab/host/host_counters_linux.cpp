// Linux: /proc and /sys.
#include "harness/lab/host/host_counters.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

#include "harness/lab/host/process_files.h"
#include "harness/lab/host/thermal_files.h"

namespace assay::lab {
namespace {

// A virtual machine whose steal is 0 since it started is one whose hypervisor does not tell.
bool tells_steal(double steal) {
  static const bool is_virtual = [] {
    const std::string flags = " " + value_in("/proc/cpuinfo", "flags") + " ";
    return flags.find(" hypervisor ") != std::string::npos;
  }();
  return steal > 0 || !is_virtual;
}

// cpu user nice system idle iowait irq softirq steal guest guest_nice: a guest's time is in user
// and nice already.
void read_cores(HostCounters& counters) {
  enum Column { user, nice, system, idle, waiting, interrupts, softirq, steal, columns };
  std::ifstream file("/proc/stat");
  std::string name;
  std::array<double, columns> ticks{};
  file >> name;
  for (double& each : ticks) file >> each;
  if (!file || name != "cpu") return;
  const auto second = static_cast<double>(sysconf(_SC_CLK_TCK));
  counters.busy_s =
      (ticks[user] + ticks[nice] + ticks[system] + ticks[interrupts] + ticks[softirq]) / second;
  if (tells_steal(ticks[steal])) counters.steal_s = ticks[steal] / second;
}

// some avg10=0.00 avg60=0.00 avg300=0.00 total=MICROSECONDS
std::optional<double> pressure() {
  const std::string line = value_in("/proc/pressure/cpu", "some");
  const std::size_t total = line.find("total=");
  if (total == line.npos) return std::nullopt;
  return std::strtod(line.c_str() + total + 6, nullptr) / 1e6;
}

}  // namespace

HostCounters host_counters() {
  HostCounters counters;
  each_process([&](const std::filesystem::path&, const ProcessFile& file) {
    counters.processes.push_back({file.process, file.parent, file.group, file.started,
                                  file.is_kernel, file.cpu_s, file.ended_s});
  });
  counters.cores = std::max(1U, std::thread::hardware_concurrency());
  read_cores(counters);
  counters.pressure_s = pressure();
  counters.time = std::chrono::steady_clock::now();
  counters.temperature_c = temperature_in("/sys");
  counters.frequency_mhz = frequency_in("/sys");
  counters.throttled = throttled_in("/sys");
  return counters;
}

// It was at most 0.07 over half a second.
const double largest_unaccounted_share = 0.1;

}  // namespace assay::lab
