// The processor's heat and clock as a tree like Linux's /sys shows them. What it does not tell is
// nothing, as in most virtual machines. Any thread.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>

namespace assay::lab {

std::optional<double> temperature_in(const std::filesystem::path& root);  // the highest, in Celsius

// The mean of the cores, in MHz, where the system can set it. /proc/cpuinfo has a figure in a
// virtual machine too, which is the one that it was started with: no measurement.
std::optional<double> frequency_in(const std::filesystem::path& root);

// How often a core, or the whole package, was slowed down for its heat.
std::optional<std::uint64_t> throttled_in(const std::filesystem::path& root);

}  // namespace assay::lab
