#include "harness/truth/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace assay::truth {
namespace {

struct Unit {
  std::string_view name;
  std::size_t decimals;  // a power of ten of nanoseconds
};
constexpr std::array units{Unit{"ns", 0}, Unit{"us", 3}, Unit{"ms", 6}, Unit{"s", 9}};
constexpr std::uint64_t longest_ns = 3'600'000'000'000;
constexpr std::size_t most_digits = 13;

bool are_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

}  // namespace

std::optional<load::nanoseconds> parse_time(std::string_view text) {
  const std::size_t number_end = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view number = text.substr(0, number_end);
  const auto* unit = std::find_if(units.begin(), units.end(), [&](const Unit& each) {
    return each.name == text.substr(number_end);
  });
  if (unit == units.end()) return std::nullopt;
  const std::size_t point = std::min(number.find('.'), number.size());
  const std::string_view whole = number.substr(0, point);
  const std::string_view part = number.substr(std::min(point + 1, number.size()));
  const bool is_number = are_digits(whole) && (point == number.size() || are_digits(part));
  if (!is_number || part.size() > unit->decimals) return std::nullopt;
  const std::string digits =
      std::string(whole).append(part).append(unit->decimals - part.size(), '0');
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  if (digits.size() - zeros > most_digits) return std::nullopt;
  std::uint64_t nanoseconds = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), nanoseconds);
  if (nanoseconds > longest_ns) return std::nullopt;
  return load::nanoseconds(nanoseconds);
}

}  // namespace assay::truth
