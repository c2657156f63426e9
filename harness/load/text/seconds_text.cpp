#include "harness/load/text/seconds_text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

namespace assay::load {
namespace {

struct Unit {
  std::string_view name;
  double seconds;
};
constexpr std::array units{Unit{"", 1},      Unit{"s", 1},  Unit{"us", 1e-6},
                           Unit{"ms", 1e-3}, Unit{"m", 60}, Unit{"h", 3600}};

}  // namespace

std::optional<double> parse_seconds(std::string_view text) {
  const std::size_t end = std::min(text.find_last_of("0123456789.") + 1, text.size());
  const std::string number(text.substr(0, end));
  const auto* const unit = std::find_if(
      units.begin(), units.end(), [&](const Unit& each) { return each.name == text.substr(end); });
  // Only what strtod and a reader take for the same: no spaces, no hexadecimal digits, no names.
  const bool is_plain =
      !number.empty() && number.find_first_not_of("0123456789.eE+-") == number.npos;
  if (unit == units.end() || !is_plain) return std::nullopt;
  char* stop = nullptr;
  const double value = std::strtod(number.c_str(), &stop);
  if (*stop != '\0') return std::nullopt;
  return value * unit->seconds;
}

}  // namespace assay::load
