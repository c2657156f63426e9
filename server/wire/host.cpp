#include "server/wire/host.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

// RFC 3986, 3.2.2: unreserved, sub-delims and the percent sign; a comma would be a list of hosts.
constexpr std::array<bool, 256> name_characters = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("-._~!$&'()*+;=%0123456789"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

bool is_name_character(char c) { return name_characters[static_cast<unsigned char>(c)]; }

// Up to five digits, or none: "host:" is valid (RFC 3986, 3.2.3).
bool is_port(std::string_view text) {
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

// What may stand in brackets: an IPv6 address, with an IPv4 one at its end perhaps.
bool is_address(std::string_view text) {
  const auto fits = [](char c) { return hex_digit(c) >= 0 || c == ':' || c == '.'; };
  return text.size() >= 2 && text.find(':') != text.npos &&
         std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

bool is_host(std::string_view text) {
  std::size_t end = 0;
  if (text.starts_with('[')) {
    end = text.find(']');
    if (end == text.npos || !is_address(text.substr(1, end - 1))) return false;
    ++end;
  } else {
    const auto first = std::find_if_not(text.begin(), text.end(), is_name_character);
    end = static_cast<std::size_t>(first - text.begin());
  }
  if (end == text.size()) return true;
  return end > 0 && text[end] == ':' && is_port(text.substr(end + 1));
}

}  // namespace assay::wire
