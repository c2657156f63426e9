// The target of a request by its form (RFC 9112, 3.2): what of it is path, and what is query.
//
// Pure; any thread. The views point into the head's target. Accepts "/path?query",
// "http://authority/path?query" (or https) and, for OPTIONS alone, "*". Everything else is refused,
// the authority of CONNECT too: this is no proxy. So are escapes in the path that are cut short or
// name the character NUL; those of a query are its reader's. Of characters that RFC 3986 wants
// escaped those are taken which browsers do not escape (WHATWG URL, 1.3): "^|" and in a query
// "\`{}" as well.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "server/wire/request.h"

namespace assay::wire {

struct RequestTarget {
  std::string_view path;
  std::string_view query;   // after the first "?", or empty
  std::string_view scheme;  // "http" or "https" as sent in absolute form, or empty
};

// What a character of a target may be, as bits.
enum TargetPart : std::uint8_t { in_query = 1, in_path = 2, plain_in_path = 4 };

inline constexpr std::array<std::uint8_t, 256> target_parts = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t byte = 0x21; byte < 0x7F; ++byte)
    table[byte] = in_query | in_path | plain_in_path;
  for (const char c : std::string_view("#\"<>")) table[static_cast<unsigned char>(c)] = 0;
  for (const char c : std::string_view("?\\`{}")) table[static_cast<unsigned char>(c)] = in_query;
  table['%'] = in_query | in_path;
  return table;
}();

// Stands for itself in a path, and ends none.
constexpr bool is_plain_in_path(char c) {
  return (target_parts[static_cast<unsigned char>(c)] & plain_in_path) != 0;
}

std::optional<RequestTarget> parse_target(const RequestHead& head);

}  // namespace assay::wire
