#include "server/wire/host.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

// RFC 3986, 3.2.2: unreserved and sub-delims; a comma would be a list of hosts.
constexpr std::array<bool, 256> name_characters = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("-._~!$&'()*+;=0123456789"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

bool is_name_character(char c) { return name_characters[static_cast<unsigned char>(c)]; }

// Digits, or none: "host:" is valid, and so are zeros at the front (RFC 3986, 3.2.3). Of TCP there
// are no more than 65535.
bool is_port(std::string_view text) {
  unsigned port = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    port = port * 10 + static_cast<unsigned>(c - '0');
    if (port > 65535) return false;
  }
  return true;
}

// "v1.fe:80", an address of a version to come (RFC 3986, 3.2.2).
bool is_future_address(std::string_view text) {
  if (text.empty() || (text.front() != 'v' && text.front() != 'V')) return false;
  const std::size_t point = text.find('.');
  if (point == text.npos || point < 2 || point + 1 == text.size()) return false;
  const std::string_view version = text.substr(1, point - 1);
  const std::string_view address = text.substr(point + 1);
  return std::all_of(version.begin(), version.end(), [](char c) { return hex_digit(c) >= 0; }) &&
         std::all_of(address.begin(), address.end(),
                     [](char c) { return c == ':' || is_name_character(c); });
}

// What may stand in brackets: an IPv6 address, with an IPv4 one at its end perhaps.
bool is_address(std::string_view text) {
  if (is_future_address(text)) return true;
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size() || text.find('\0') != text.npos) return false;
  std::copy(text.begin(), text.end(), terminated.begin());
  in6_addr address{};
  return inet_pton(AF_INET6, terminated.data(), &address) == 1;
}

// A byte as "%2d".
bool is_encoded(std::string_view text) {
  return text.size() >= 3 && text[0] == '%' && hex_digit(text[1]) >= 0 && hex_digit(text[2]) >= 0;
}

// Where the name at its front ends.
std::size_t name_end(std::string_view text) {
  std::size_t end = 0;
  for (;;) {
    while (end < text.size() && is_name_character(text[end])) ++end;
    if (!is_encoded(text.substr(end))) return end;
    end += 3;
  }
}

}  // namespace

bool is_host(std::string_view text) {
  std::size_t end = 0;
  if (text.starts_with('[')) {
    end = text.find(']');
    if (end == text.npos || !is_address(text.substr(1, end - 1))) return false;
    ++end;
  } else {
    end = name_end(text);
  }
  if (end == text.size()) return true;
  return end > 0 && text[end] == ':' && is_port(text.substr(end + 1));
}

}  // namespace assay::wire
