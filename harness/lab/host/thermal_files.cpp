#include "harness/lab/host/thermal_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

template <class Value>
std::optional<Value> value_of(const fs::path& file) {
  std::ifstream text(file);
  Value value{};
  return text >> value ? std::optional(value) : std::nullopt;
}

std::vector<fs::path> entries(const fs::path& folder, std::string_view prefix) {
  std::vector<fs::path> found;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    if (entry.path().filename().string().starts_with(prefix)) found.push_back(entry.path());
  }
  return found;
}

// Other sensors are of the board, a disk, or a battery.
bool is_of_processor(const std::string& name) {
  constexpr std::array<std::string_view, 6> others = {"x86_pkg_temp", "coretemp",    "k10temp",
                                                      "zenpower",     "soc_thermal", "soc-thermal"};
  return name.starts_with("cpu") || std::find(others.begin(), others.end(), name) != others.end();
}

void keep_higher(std::optional<double>& highest, const fs::path& file) {
  const auto thousandths = value_of<double>(file);
  if (!thousandths || *thousandths <= 0) return;  // a sensor that is off
  highest = std::max(highest.value_or(0), *thousandths / 1000);
}

}  // namespace

std::optional<double> temperature_in(const fs::path& root) {
  std::optional<double> highest;
  for (const fs::path& zone : entries(root / "class/thermal", "thermal_zone")) {
    if (is_of_processor(value_of<std::string>(zone / "type").value_or(""))) {
      keep_higher(highest, zone / "temp");
    }
  }
  for (const fs::path& sensor : entries(root / "class/hwmon", "hwmon")) {
    if (!is_of_processor(value_of<std::string>(sensor / "name").value_or(""))) continue;
    for (const fs::path& file : entries(sensor, "temp")) {
      if (file.filename().string().ends_with("_input")) keep_higher(highest, file);
    }
  }
  return highest;
}

std::optional<double> frequency_in(const fs::path& root) {
  double sum = 0;
  int cores = 0;
  for (const fs::path& core : entries(root / "devices/system/cpu", "cpu")) {
    const auto kilohertz = value_of<double>(core / "cpufreq/scaling_cur_freq");
    if (!kilohertz) continue;
    sum += *kilohertz / 1000;
    ++cores;
  }
  return cores > 0 ? std::optional(sum / cores) : std::nullopt;
}

// Each core shows the count of its package, so that is taken once.
std::optional<std::uint64_t> throttled_in(const fs::path& root) {
  std::optional<std::uint64_t> times;
  std::uint64_t of_package = 0;
  for (const fs::path& core : entries(root / "devices/system/cpu", "cpu")) {
    const fs::path folder = core / "thermal_throttle";
    if (const auto count = value_of<std::uint64_t>(folder / "core_throttle_count")) {
      times = times.value_or(0) + *count;
    }
    const auto package = value_of<std::uint64_t>(folder / "package_throttle_count");
    of_package = std::max(of_package, package.value_or(0));
  }
  return times ? std::optional(*times + of_package) : std::nullopt;
}

}  // namespace assay::lab
