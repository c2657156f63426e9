// macOS: sysctl names the machine, libproc its processes.
#include "harness/lab/host/host.h"

#include <arpa/inet.h>
#include <libproc.h>
#include <mach/mach_time.h>
#include <sys/sysctl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
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

// The line that the system's own tool prints of its power settings, after this name.
std::string power_setting(const std::string& name) {
  const auto close = [](FILE* pipe) { pclose(pipe); };
  const std::unique_ptr<FILE, decltype(close)> pipe(
      popen("/usr/bin/pmset -g live 2>/dev/null; /usr/bin/pmset -g batt 2>/dev/null", "r"), close);
  std::array<char, 512> line{};
  while (pipe && fgets(line.data(), line.size(), pipe.get()) != nullptr) {
    const std::string text = line.data();
    const auto at = text.find(name);
    if (at == text.npos) continue;
    const auto from = text.find_first_not_of(" \t'", at + name.size());
    if (from == text.npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\n'") - from + 1);
  }
  return {};
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

std::vector<pid_t> all_processes() {
  std::vector<pid_t> processes(16'384);
  const int bytes = proc_listpids(PROC_ALL_PIDS, 0, processes.data(),
                                  static_cast<int>(processes.size() * sizeof(pid_t)));
  processes.resize(bytes <= 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(pid_t));
  return processes;
}

bool is_listener(pid_t process, const proc_fdinfo& file, std::uint16_t port) {
  if (file.proc_fdtype != PROX_FDTYPE_SOCKET) return false;
  socket_fdinfo socket{};
  const int bytes = proc_pidfdinfo(process, file.proc_fd, PROC_PIDFDSOCKETINFO, &socket,
                                   static_cast<int>(sizeof socket));
  if (bytes < static_cast<int>(sizeof socket) || socket.psi.soi_kind != SOCKINFO_TCP) return false;
  const tcp_sockinfo& tcp = socket.psi.soi_proto.pri_tcp;
  const auto local = static_cast<std::uint16_t>(tcp.tcpsi_ini.insi_lport);
  return tcp.tcpsi_state == TSI_S_LISTEN && ntohs(local) == port;
}

bool listens_on(pid_t process, std::uint16_t port) {
  std::vector<proc_fdinfo> files(4096);
  const int bytes = proc_pidinfo(process, PROC_PIDLISTFDS, 0, files.data(),
                                 static_cast<int>(files.size() * sizeof(proc_fdinfo)));
  files.resize(bytes <= 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(proc_fdinfo));
  return std::any_of(files.begin(), files.end(),
                     [&](const proc_fdinfo& file) { return is_listener(process, file, port); });
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

std::map<std::string, std::string> system_settings() {
  constexpr std::array numbers = {
      std::pair{"performance cores", "hw.perflevel0.physicalcpu"},
      std::pair{"efficiency cores", "hw.perflevel1.physicalcpu"},
      std::pair{"level 2 cache of a performance core's cluster", "hw.perflevel0.l2cachesize"},
      std::pair{"virtual machine", "kern.hv_vmm_present"},
      std::pair{"translated by Rosetta", "sysctl.proc_translated"},
      std::pair{"kern.ipc.somaxconn", "kern.ipc.somaxconn"},
      std::pair{"kern.maxfilesperproc", "kern.maxfilesperproc"},
      std::pair{"net.inet.ip.portrange.first", "net.inet.ip.portrange.first"},
      std::pair{"net.inet.ip.portrange.last", "net.inet.ip.portrange.last"},
      std::pair{"net.inet.tcp.msl", "net.inet.tcp.msl"},
  };
  constexpr int unknown = -1;
  std::map<std::string, std::string> settings;
  for (const auto& [name, key] : numbers) {
    const int number = number_of<int>(key, unknown);
    if (number != unknown) settings[name] = std::to_string(number);
  }
  for (const auto& [name, text] : {std::pair{"model", text_of("hw.model")},
                                   {"build of the system", text_of("kern.osversion")},
                                   {"power", power_setting("Now drawing from")},
                                   {"low power mode", power_setting("lowpowermode")}}) {
    if (!text.empty()) settings[name] = text;
  }
  return settings;
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

void end_processes_with(const std::string&) {}

PortOwners owners_of_port(std::uint16_t port, pid_t group) {
  PortOwners owners;
  for (const pid_t process : all_processes()) {
    if (!listens_on(process, port)) continue;
    (getpgid(process) == group ? owners.group : owners.others) = true;
  }
  return owners;
}

// Apple silicon runs one thread a core, and no program may choose where.
std::vector<std::vector<unsigned>> physical_cores() {
  std::vector<std::vector<unsigned>> cores;
  for (unsigned i = 0; i < number_of<unsigned>("hw.physicalcpu", 1); ++i) cores.push_back({i});
  return cores;
}

void end_with_parent(pid_t) {}

void keep_to_cores(std::span<const unsigned>) {}

}  // namespace assay::lab
