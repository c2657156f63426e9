#include "server/routing/parameter_kind.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace assay::routing {
namespace {

// In the order of ParameterKind.
constexpr std::array<std::string_view, parameter_kinds> names = {
    "str", "int", "float", "bool", "date", "datetime", "uuid", "path"};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_hexadecimal(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Takes the digits off the front of the text; false if there are none.
bool take_digits(std::string_view& text) noexcept {
  const auto first_other = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto digits = static_cast<std::size_t>(first_other - text.begin());
  text.remove_prefix(digits);
  return digits > 0;
}

bool take(char c, std::string_view& text) noexcept {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

bool is_integer(std::string_view text) noexcept {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_number(std::string_view text) noexcept {
  take('-', text);
  if (!take_digits(text)) return false;
  if (take('.', text) && !take_digits(text)) return false;
  if (take('e', text) || take('E', text)) {
    if (!take('-', text)) take('+', text);
    if (!take_digits(text)) return false;
  }
  return text.empty();
}

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_dash_due = at == 8 || at == 13 || at == 18 || at == 23;
    if (is_dash_due ? text[at] != '-' : !is_hexadecimal(text[at])) return false;
  }
  return true;
}

// Two digits at a place, or a number too large for anything asked here.
unsigned two_digits(std::string_view text, std::size_t at) noexcept {
  if (!is_digit(text[at]) || !is_digit(text[at + 1])) return 100;
  return static_cast<unsigned>(text[at] - '0') * 10 + static_cast<unsigned>(text[at + 1] - '0');
}

unsigned days_of(unsigned year, unsigned month) noexcept {
  constexpr std::array<unsigned, 12> days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap_year = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && is_leap_year ? 1 : 0);
}

bool is_date(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const unsigned century = two_digits(text, 0);
  const unsigned year = two_digits(text, 2);
  const unsigned month = two_digits(text, 5);
  const unsigned day = two_digits(text, 8);
  if (century > 99 || year > 99 || month < 1 || month > 12 || day < 1) return false;
  return day <= days_of(century * 100 + year, month);
}

// "hh:mm" within a day.
bool is_hour_and_minute(std::string_view text) noexcept {
  return text.size() == 5 && text[2] == ':' && two_digits(text, 0) < 24 && two_digits(text, 3) < 60;
}

bool is_offset(std::string_view text) noexcept {
  if (text.empty() || text == "Z") return true;
  return (text[0] == '+' || text[0] == '-') && is_hour_and_minute(text.substr(1));
}

bool is_datetime(std::string_view text) noexcept {
  constexpr std::size_t whole_seconds = 19;  // 2026-11-30T23:59:59
  if (text.size() < whole_seconds || !is_date(text.substr(0, 10)) || text[10] != 'T') return false;
  if (!is_hour_and_minute(text.substr(11, 5)) || text[16] != ':') return false;
  if (two_digits(text, 17) > 59) return false;
  text.remove_prefix(whole_seconds);
  if (take('.', text)) {
    const std::size_t before = text.size();
    if (!take_digits(text) || before - text.size() > 9) return false;
  }
  return is_offset(text);
}

}  // namespace

bool fits(ParameterKind kind, std::string_view text) noexcept {
  switch (kind) {
    case ParameterKind::text: return !text.empty();
    case ParameterKind::integer: return is_integer(text);
    case ParameterKind::number: return is_number(text);
    case ParameterKind::boolean: return text == "true" || text == "false";
    case ParameterKind::date: return is_date(text);
    case ParameterKind::datetime: return is_datetime(text);
    case ParameterKind::uuid: return is_uuid(text);
    case ParameterKind::path: return true;
  }
  return false;
}

std::string_view name_of(ParameterKind kind) noexcept {
  return names[static_cast<std::size_t>(kind)];
}

std::optional<ParameterKind> kind_named(std::string_view name) noexcept {
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<ParameterKind>(found - names.begin());
}

}  // namespace assay::routing
