// Linux: /proc tells everything.
#include "harness/cost/cost_host.h"

#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace assay::cost {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t bytes_of_a_kibibyte = 1024;

struct ProcessStat {
  pid_t group = 0;
  load::nanoseconds cpu{0};  // in the system's ticks, of 10 ms as a rule
};

// The name, which may hold spaces and brackets, then: state ppid pgrp ... utime(14) stime(15)
std::optional<ProcessStat> stat_of(const fs::path& process) {
  std::ifstream file(process / "stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  std::string skipped;
  ProcessStat stat;
  rest >> skipped >> skipped >> stat.group;
  for (int field = 6; field <= 13; ++field) rest >> skipped;
  std::int64_t user = 0;
  std::int64_t system = 0;
  rest >> user >> system;
  stat.cpu = std::chrono::seconds(user + system) / sysconf(_SC_CLK_TCK);
  return stat;
}

bool is_number(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

// Of each thread its time on a core, in nanoseconds; none where the kernel does not keep it.
std::optional<load::nanoseconds> scheduled_time(const fs::path& process) {
  std::error_code gone;  // processes and threads end while we look
  load::nanoseconds total{0};
  for (const auto& thread : fs::directory_iterator(process / "task", gone)) {
    std::ifstream file(thread.path() / "schedstat");
    std::int64_t on_core = 0;
    if (file >> on_core) total += load::nanoseconds(on_core);
  }
  if (total.count() == 0) return std::nullopt;
  return total;
}

std::uint64_t proportional_bytes(const fs::path& process) {
  std::ifstream file(process / "smaps_rollup");
  for (std::string word; file >> word;) {
    std::uint64_t kibibytes = 0;
    if (word == "Pss:" && file >> kibibytes) return kibibytes * bytes_of_a_kibibyte;
  }
  return 0;
}

template <class Use>
void each_process_of(pid_t group, Use&& use) {
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    if (!is_number(entry.path().filename().string())) continue;
    const auto stat = stat_of(entry.path());
    if (stat && stat->group == group) use(entry.path(), *stat);
  }
}

}  // namespace

std::vector<int> usable_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof set, &set);
  std::vector<int> cores;
  for (int core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(static_cast<std::size_t>(core), &set)) cores.push_back(core);
  }
  if (cores.empty()) cores.push_back(0);
  return cores;
}

bool pin_to(std::span<const int> cores) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int core : cores) CPU_SET(static_cast<std::size_t>(core), &set);
  return sched_setaffinity(0, sizeof set, &set) == 0;
}

load::nanoseconds cpu_of_group(pid_t group) {
  load::nanoseconds total{0};
  each_process_of(group, [&](const fs::path& process, const ProcessStat& stat) {
    total += scheduled_time(process).value_or(stat.cpu);
  });
  return total;
}

std::uint64_t memory_of_group(pid_t group) {
  std::uint64_t bytes = 0;
  each_process_of(group, [&](const fs::path& process, const ProcessStat&) {
    bytes += proportional_bytes(process);
  });
  return bytes;
}

// Not SIGKILL: a server with workers must be able to end them.
bool sync_data(int file) { return fdatasync(file) == 0; }

void end_with_parent(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);  // it ended before the system was asked
}

}  // namespace assay::cost
