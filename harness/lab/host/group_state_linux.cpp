// Linux: /proc/PID/fd and /proc/PID/task/TID/status.
#include "harness/lab/host/group_state.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "harness/lab/host/process_files.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

std::uint64_t number_after(const std::string& line) {
  return std::strtoull(line.c_str() + line.find(':') + 1, nullptr, 10);
}

Switches switches_of(const fs::path& thread) {
  std::ifstream file(thread / "status");
  Switches switches;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("voluntary_ctxt_switches:")) switches.voluntary = number_after(line);
    if (line.starts_with("nonvoluntary_ctxt_switches:")) switches.involuntary = number_after(line);
  }
  return switches;
}

void add_files(const fs::path& process, GroupState& state) {
  std::error_code refused;
  const fs::directory_iterator files(process / "fd", refused);
  if (refused) return;
  state.open_files = state.open_files.value_or(0) +
                     static_cast<std::uint64_t>(std::distance(begin(files), end(files)));
}

}  // namespace

GroupState group_state(pid_t group) {
  GroupState state;
  state.each.emplace();
  each_process_of(group, [&](const fs::path& folder, const ProcessFile& process) {
    ++state.processes;
    state.threads += process.threads;
    add_files(folder, state);
    std::error_code gone;  // threads end while we look
    for (const auto& thread : fs::directory_iterator(folder / "task", gone)) {
      const std::string number = thread.path().filename().string();
      (*state.each)[std::strtoull(number.c_str(), nullptr, 10)] = switches_of(thread.path());
    }
  });
  return state;
}

}  // namespace assay::lab
