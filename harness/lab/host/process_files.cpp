#include "harness/lab/host/process_files.h"

#include <unistd.h>

#include <fstream>
#include <sstream>

namespace assay::lab {

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

// /proc/PID/stat after the name, which may hold spaces and brackets: state(3) ppid pgrp session tty
// tpgid flags(9) four faults utime(14) stime cutime cstime priority nice num_threads(20)
// itrealvalue starttime(22)
std::optional<ProcessFile> process_at(const std::filesystem::path& folder) {
  constexpr std::uint64_t kernel_thread = 0x00200000;  // PF_KTHREAD
  std::ifstream file(folder / "stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  std::string skipped;
  ProcessFile process;
  process.process = static_cast<pid_t>(std::strtol(line.c_str(), nullptr, 10));
  std::uint64_t flags = 0;
  rest >> skipped >> process.parent >> process.group >> skipped >> skipped >> skipped >> flags;
  process.is_kernel = (flags & kernel_thread) != 0;
  for (int i = 10; i <= 13; ++i) rest >> skipped;
  double user = 0, system = 0, ended_user = 0, ended_system = 0;
  rest >> user >> system >> ended_user >> ended_system >> skipped >> skipped;
  rest >> process.threads >> skipped >> process.started;
  const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  process.cpu_s = (user + system) / ticks;
  process.ended_s = (ended_user + ended_system) / ticks;
  return process;
}

bool is_number(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == name.npos;
}

}  // namespace assay::lab
