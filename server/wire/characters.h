// The characters of a message as RFC 9110, 5.5 and 5.6, groups them. Pure; any thread.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace assay::wire {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// Where the first control character stands, or `end`. Eight bytes at a time: this looks at most of
// what a peer sends.
inline const char* first_control(const char* at, const char* end) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  for (; end - at >= 8; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    const std::uint64_t is_delete = word ^ (ones * 0x7F);
    // The high bit of each byte that is one, up to the first; above that they may be wrong.
    const std::uint64_t found = ((word - ones * 0x20) & ~word) | ((is_delete - ones) & ~is_delete);
    if ((found & (ones * 0x80)) == 0) continue;
    if constexpr (std::endian::native != std::endian::little) break;
    return at + std::countr_zero(found & (ones * 0x80)) / 8;
  }
  while (at != end && !is_control(*at)) ++at;
  return at;
}

// What a field's value, and what is quoted, is made of: no control characters but the tab.
constexpr bool is_text(char c) { return c == '\t' || !is_control(c); }

// 0 to 15, or -1 for what is no hex digit.
constexpr int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// A table, because a peer may send little else.
inline constexpr std::array<bool, 256> token_characters = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

constexpr bool is_token_character(char c) {
  return token_characters[static_cast<unsigned char>(c)];
}

// What a method and a field's name are.
constexpr bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace assay::wire
