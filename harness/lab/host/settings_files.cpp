#include "harness/lab/host/settings_files.h"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "harness/lab/file_text.h"
#include "harness/lab/host/process_files.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;
using Settings = std::map<std::string, std::string>;

// Of a file that holds one; words are parted by one space.
std::string line_of(const fs::path& file) {
  std::istringstream text(text_of(file).value_or(""));
  std::string line, words;
  std::getline(text, line);
  std::istringstream parts(line);
  for (std::string word; parts >> word;) words += (words.empty() ? "" : " ") + word;
  return words;
}

// "always [madvise] never" means madvise.
std::string chosen_in(const fs::path& file) {
  const std::string line = line_of(file);
  const auto from = line.find('['), to = line.find(']');
  return from == line.npos || to == line.npos ? line : line.substr(from + 1, to - from - 1);
}

constexpr std::array files = {
    std::pair{"clock source", "sys/devices/system/clocksource/clocksource0/current_clocksource"},
    std::pair{"threads of a core", "sys/devices/system/cpu/smt/control"},
    std::pair{"governor", "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"},
    std::pair{"frequency driver", "sys/devices/system/cpu/cpu0/cpufreq/scaling_driver"},
    std::pair{"highest frequency in kHz", "sys/devices/system/cpu/cpu0/cpufreq/scaling_max_freq"},
    std::pair{"boost", "sys/devices/system/cpu/cpufreq/boost"},
    std::pair{"no turbo", "sys/devices/system/cpu/intel_pstate/no_turbo"},
    std::pair{"isolated cores", "sys/devices/system/cpu/isolated"},
    std::pair{"loopback MTU", "sys/class/net/lo/mtu"},
    std::pair{"hypervisor", "sys/hypervisor/type"},
    std::pair{"machine", "sys/class/dmi/id/product_name"},
    std::pair{"processor quota of the group", "sys/fs/cgroup/cpu.max"},
    std::pair{"memory limit of the group", "sys/fs/cgroup/memory.max"},
};

constexpr std::array kernel_settings = {
    "kernel.randomize_va_space",
    "kernel.numa_balancing",
    "kernel.sched_autogroup_enabled",
    "vm.swappiness",
    "vm.overcommit_memory",
    "net.core.somaxconn",
    "net.core.rmem_max",
    "net.core.wmem_max",
    "net.ipv4.tcp_max_syn_backlog",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_wmem",
    "net.ipv4.tcp_congestion_control",
    "net.ipv4.tcp_tw_reuse",
    "net.ipv4.ip_local_port_range",
};

constexpr std::array<std::string_view, 20> boot_options = {"mitigations",
                                                           "isolcpus",
                                                           "nohz_full",
                                                           "rcu_nocbs",
                                                           "nosmt",
                                                           "intel_pstate",
                                                           "amd_pstate",
                                                           "idle",
                                                           "preempt",
                                                           "threadirqs",
                                                           "clocksource",
                                                           "tsc",
                                                           "nokaslr",
                                                           "intel_idle.max_cstate",
                                                           "hugepages",
                                                           "cpuidle.off",
                                                           "processor.max_cstate",
                                                           "transparent_hugepage",
                                                           "nospectre_v2",
                                                           "skew_tick"};

std::string boot_options_in(const fs::path& root) {
  std::istringstream words(text_of(root / "proc/cmdline").value_or(""));
  std::string found;
  for (std::string word; words >> word && word != "--";) {
    const std::string name = word.substr(0, word.find('='));
    if (std::find(boot_options.begin(), boot_options.end(), name) == boot_options.end()) continue;
    found += (found.empty() ? "" : " ") + word;
  }
  return found;
}

// What the kernel does, or does not do, where this processor has a weakness.
std::string mitigations_in(const fs::path& root) {
  std::set<fs::path> weaknesses;
  std::error_code missing;
  const fs::path folder = root / "sys/devices/system/cpu/vulnerabilities";
  for (const auto& each : fs::directory_iterator(folder, missing)) weaknesses.insert(each.path());
  std::string found;
  for (const fs::path& weakness : weaknesses) {
    const std::string text = line_of(weakness);
    if (text.empty() || text == "Not affected") continue;
    found += (found.empty() ? "" : " | ") + weakness.filename().string() + ": " + text;
  }
  return found;
}

std::string caches_in(const fs::path& root) {
  std::string found;
  for (int i = 0; i < 8; ++i) {
    const fs::path cache =
        root / "sys/devices/system/cpu/cpu0/cache" / ("index" + std::to_string(i));
    const std::string size = line_of(cache / "size");
    if (size.empty()) continue;
    const std::string type = line_of(cache / "type");
    found += (found.empty() ? "L" : ", L") + line_of(cache / "level");
    found += (type == "Data" ? "d " : type == "Instruction" ? "i " : " ") + size;
    found += " of cores " + line_of(cache / "shared_cpu_list");
  }
  return found;
}

std::string container_in(const fs::path& root) {
  std::error_code missing;
  if (fs::exists(root / ".dockerenv", missing)) return "docker";
  return fs::exists(root / "run/.containerenv", missing) ? "podman" : "";
}

// "cpu family : 25" and such together name a processor where its name is vague.
std::string stepping_in(const std::string& cpuinfo) {
  const std::string family = value_in(cpuinfo, "cpu family");
  return family.empty() ? ""
                        : "family " + family + ", model " + value_in(cpuinfo, "model\t") +
                              ", stepping " + value_in(cpuinfo, "stepping");
}

}  // namespace

std::map<std::string, std::string> settings_in(const fs::path& root) {
  Settings settings;
  const auto keep = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) settings[name] = value;
  };
  const std::string cpuinfo = (root / "proc/cpuinfo").string();
  keep("processor", stepping_in(cpuinfo));
  keep("microcode", value_in(cpuinfo, "microcode"));
  keep("virtual machine",
       (' ' + value_in(cpuinfo, "flags") + ' ').find(" hypervisor ") != std::string::npos ? "yes"
                                                                                          : "");
  keep("caches", caches_in(root));
  keep("mitigations", mitigations_in(root));
  keep("boot options", boot_options_in(root));
  keep("container", container_in(root));
  keep("huge pages", chosen_in(root / "sys/kernel/mm/transparent_hugepage/enabled"));
  for (const auto& [name, file] : files) keep(name, line_of(root / file));
  for (const std::string name : kernel_settings) {
    std::string path = name;
    std::replace(path.begin(), path.end(), '.', '/');
    keep(name, line_of(root / "proc/sys" / path));
  }
  return settings;
}

}  // namespace assay::lab
