// Linux: /proc tells everything.
#include "harness/lab/host/host.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "harness/lab/file_text.h"
#include "harness/lab/host/process_files.h"
#include "harness/lab/host/settings_files.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

std::uint64_t kibibytes_in(const std::string& path, std::string_view key) {
  return std::strtoull(value_in(path, key).c_str(), nullptr, 10) * 1024;
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

std::map<std::string, std::string> system_settings() { return settings_in("/"); }

double cpu_seconds_of_group(pid_t group) {
  double seconds = 0;
  each_process_of(group, [&](const fs::path&, const ProcessFile& process) {
    seconds += process.cpu_s + process.ended_s;
  });
  return seconds;
}

std::uint64_t memory_bytes_of_group(pid_t group) {
  std::uint64_t bytes = 0;
  each_process_of(group, [&](const fs::path& folder, const ProcessFile&) {
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
  if (sockets.empty()) return owners;
  each_process([&](const fs::path& folder, const ProcessFile& process) {
    if (!has_one_of(folder, sockets)) return;
    (process.group == group ? owners.group : owners.others) = true;
  });
  if (!owners.group) owners.others = true;  // of a process that we may not see
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
