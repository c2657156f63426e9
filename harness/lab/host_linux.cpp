// Linux: /proc tells everything.
#include "harness/lab/host.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "harness/lab/file_text.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

// The value of the first line of `path` that starts with `key`, without the separator.
std::string value_in(const std::string& path, std::string_view key) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.compare(0, key.size(), key) != 0) continue;
    const std::size_t start = line.find_first_not_of("\t :=\"", key.size());
    if (start == line.npos) return {};
    return line.substr(start, line.find_last_not_of("\" \n") - start + 1);
  }
  return {};
}

std::uint64_t kibibytes_in(const std::string& path, std::string_view key) {
  return std::strtoull(value_in(path, key).c_str(), nullptr, 10) * 1024;
}

struct Process {
  pid_t group = 0;
  double cpu_s = 0;  // its own, and that of its children that have ended
};

// /proc/PID/stat after the name, which may hold spaces and brackets: state ppid pgrp ... utime(14)
std::optional<Process> process_at(const fs::path& folder) {
  std::ifstream file(folder / "stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  std::string skipped;
  Process process;
  rest >> skipped >> skipped >> process.group;
  for (int i = 6; i <= 13; ++i) rest >> skipped;
  double total = 0;
  for (int i = 14; i <= 17; ++i) {
    double ticks = 0;
    rest >> ticks;
    total += ticks;
  }
  process.cpu_s = total / static_cast<double>(sysconf(_SC_CLK_TCK));
  return process;
}

bool is_number(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

template <class Use>
void each_process_of(pid_t group, Use&& use) {
  std::error_code gone;  // processes end while we look
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    if (!is_number(entry.path().filename().string())) continue;
    const auto process = process_at(entry.path());
    if (process && process->group == group) use(entry.path(), *process);
  }
}

// The inodes, as /proc/PID/fd names them, of the sockets that listen on the port. A line of the
// table: sl local_address:port rem_address st ... with state 0A for listening, inode tenth.
std::set<std::string> listening_sockets(const std::string& table, std::uint16_t port) {
  std::set<std::string> found;
  std::ifstream file(table);
  const std::string end = fmt::format(":{:04X}", port);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string number, local, remote, state, skipped, inode;
    words >> number >> local >> remote >> state;
    for (int i = 5; i <= 9; ++i) words >> skipped;
    words >> inode;
    if (state == "0A" && local.ends_with(end)) found.insert("socket:[" + inode + "]");
  }
  return found;
}

bool has_one_of(const fs::path& process, const std::set<std::string>& sockets) {
  std::error_code refused;
  for (const auto& entry : fs::directory_iterator(process / "fd", refused)) {
    if (sockets.contains(fs::read_symlink(entry.path(), refused).string())) return true;
  }
  return false;
}

}  // namespace

HostFacts host_facts() {
  utsname names{};
  uname(&names);
  HostFacts facts;
  facts.cpu = value_in("/proc/cpuinfo", "model name");
  if (facts.cpu.empty()) facts.cpu = fmt::format("unnamed {} processor", names.machine);
  facts.cores = std::max(1U, std::thread::hardware_concurrency());
  facts.memory_bytes = kibibytes_in("/proc/meminfo", "MemTotal");
  facts.system = fmt::format("{} {}", names.sysname, names.release);
  facts.architecture = names.machine;
  facts.machine = value_in("/etc/machine-id", "");
  facts.distribution = value_in("/etc/os-release", "PRETTY_NAME");
  return facts;
}

double cpu_seconds_of_group(pid_t group) {
  double seconds = 0;
  each_process_of(group,
                  [&](const fs::path&, const Process& process) { seconds += process.cpu_s; });
  return seconds;
}

std::uint64_t memory_bytes_of_group(pid_t group) {
  std::uint64_t bytes = 0;
  each_process_of(group, [&](const fs::path& folder, const Process&) {
    bytes += kibibytes_in((folder / "smaps_rollup").string(), "Pss:");
  });
  return bytes;
}

void end_processes_with(const std::string& variable) {
  const std::string wanted = '\0' + variable + '\0';
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    const std::string name = entry.path().filename().string();
    if (!is_number(name)) continue;
    const auto text = text_of(entry.path() / "environ");
    if (text && ('\0' + *text).find(wanted) != std::string::npos) kill(std::stoi(name), SIGKILL);
  }
}

PortOwners owners_of_port(std::uint16_t port, pid_t group) {
  std::set<std::string> sockets = listening_sockets("/proc/net/tcp", port);
  sockets.merge(listening_sockets("/proc/net/tcp6", port));
  PortOwners owners;
  std::error_code gone;
  for (const auto& entry : fs::directory_iterator("/proc", gone)) {
    if (sockets.empty()) break;
    if (!is_number(entry.path().filename().string())) continue;
    const auto process = process_at(entry.path());
    if (!process || !has_one_of(entry.path(), sockets)) continue;
    (process->group == group ? owners.group : owners.others) = true;
  }
  if (!sockets.empty() && !owners.group) owners.others = true;  // of a process that we may not see
  return owners;
}

std::vector<std::vector<unsigned>> physical_cores() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return {};
  std::map<std::string, std::vector<unsigned>> by_siblings;
  for (unsigned core = 0; core < CPU_SETSIZE; ++core) {
    if (!CPU_ISSET(core, &allowed)) continue;
    const std::string name =
        fmt::format("/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list", core);
    std::string siblings;
    std::getline(std::ifstream(name), siblings);
    by_siblings[siblings.empty() ? std::to_string(core) : siblings].push_back(core);
  }
  std::vector<std::vector<unsigned>> cores;
  for (auto& [siblings, threads] : by_siblings) cores.push_back(std::move(threads));
  std::sort(cores.begin(), cores.end());
  return cores;
}

void keep_to_cores(std::span<const unsigned> cores) {
  if (cores.empty()) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const unsigned core : cores) CPU_SET(core, &set);
  sched_setaffinity(0, sizeof set, &set);
}

void end_with_parent(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);  // it ended before the system was asked
}

}  // namespace assay::lab
