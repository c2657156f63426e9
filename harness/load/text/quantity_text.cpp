#include "harness/load/text/quantity_text.h"

#include <array>
#include <cmath>
#include <iterator>
#include <span>

#include <fmt/format.h>

namespace assay::load {
namespace {

struct Unit {
  double size;
  const char* name;
};
constexpr std::array time_units{Unit{1, "ns"}, Unit{1e3, "us"}, Unit{1e6, "ms"}, Unit{1e9, "s"}};
constexpr std::array byte_units{Unit{1, "B"}, Unit{1e3, "kB"}, Unit{1e6, "MB"}, Unit{1e9, "GB"},
                                Unit{1e12, "TB"}};

// By what it is once rounded: 9.996 is 10.0, not 10.00.
std::string three_digits(double value) {
  if (value < 9.995) return fmt::format("{:.2f}", value);
  return fmt::format("{:.{}f}", value, value < 99.95 ? 1 : 0);
}

// The first unit is whole: there is no half of a byte or of a clock's tick.
std::string in_units(double value, std::span<const Unit> units) {
  if (value < 999.5) return fmt::format("{:.0f} {}", value, units.front().name);
  std::size_t unit = 1;
  while (unit + 1 < units.size() && value >= 999.5 * units[unit].size) ++unit;
  return fmt::format("{} {}", three_digits(value / units[unit].size), units[unit].name);
}

}  // namespace

std::string time_text(nanoseconds time) {
  return in_units(static_cast<double>(time.count()), time_units);
}

std::string bytes_text(std::uint64_t bytes) {
  return in_units(static_cast<double>(bytes), byte_units);
}

std::string count_text(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  return text;
}

std::string rate_text(double per_second) {
  if (per_second == 0) return "0";
  if (per_second < 99.95) return three_digits(per_second);
  return count_text(static_cast<std::uint64_t>(std::llround(per_second)));
}

std::string share_text(double share) {
  const double percent = share * 100;
  if (percent == 0 || std::abs(percent) >= 9.95) return fmt::format("{:.0f} %", percent);
  return fmt::format("{:.1f} %", percent);
}

}  // namespace assay::load
