// The processes of this machine as /proc shows them. Any thread.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace assay::lab {

struct ProcessFile {
  pid_t process = 0;
  pid_t parent = 0;
  pid_t group = 0;
  bool is_kernel = false;  // a thread of the kernel
  double cpu_s = 0;        // of all its threads, ended ones too
  double ended_s = 0;      // of its children that have ended and were waited for
  std::uint64_t threads = 0;
  std::uint64_t started = 0;  // tells it from a later one with its number
};

// `folder` is /proc/PID; nothing when the process has ended.
std::optional<ProcessFile> process_at(const std::filesystem::path& folder);

// The value of the first line of `path` that starts with `key`, without the separator.
std::string value_in(const std::string& path, std::string_view key);

bool is_number(std::string_view name);

// Calls `use` with /proc/PID and what it says, for every process that is there.
template <class Use>
void each_process(Use&& use) {
  std::error_code gone;  // processes end while we look
  for (const auto& entry : std::filesystem::directory_iterator("/proc", gone)) {
    if (!is_number(entry.path().filename().string())) continue;
    if (const auto process = process_at(entry.path())) use(entry.path(), *process);
  }
}

template <class Use>
void each_process_of(pid_t group, Use&& use) {
  each_process([&](const std::filesystem::path& folder, const ProcessFile& process) {
    if (process.group == group) use(folder, process);
  });
}

}  // namespace assay::lab
