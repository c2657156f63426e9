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

// Up to five digits, or none: "host:" is valid (RFC 3986, 3.2.3).
bool is_port(std::string_view text) {
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

// What may stand in brackets: an IPv6 address, with an IPv4 one at its end perhaps.
bool is_address(std::string_view text) {
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
