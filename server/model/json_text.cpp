#include "server/model/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>

#include "server/model/utf8.h"

namespace assay::model {
namespace {

constexpr bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80 &&
         c != '"' && c != '\\';
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default:
      if (static_cast<unsigned char>(c) >= 0x80) {
        out += replacement_character;
        return;
      }
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4U];
      out += digits[static_cast<unsigned char>(c) & 0xFU];
  }
}

// The bytes of the character at `at`; 0 where it must be escaped or is none.
std::size_t copied_length(std::string_view text, std::size_t at) {
  if (is_plain(text[at])) return 1;
  return static_cast<unsigned char>(text[at]) < 0x80 ? 0 : utf8_length(text.substr(at));
}

template <class Integer>
void append_integer(std::string& out, Integer value) {
  std::array<char, 20> digits;  // "-9223372036854775808" is 20 characters long
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t run = 0;  // where what can be copied as it is begins
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t copied = copied_length(text, at);
    if (copied == 0) {
      out.append(text.substr(run, at - run));
      append_escaped(out, text[at]);
      run = at + 1;
    }
    at += std::max<std::size_t>(copied, 1);
  }
  out.append(text.substr(run));
  out += '"';
}

void append_json_number(std::string& out, std::int64_t value) { append_integer(out, value); }

void append_json_number(std::string& out, std::uint64_t value) { append_integer(out, value); }

void append_json_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  // The shortest text that reads back equal.
  fmt::format_to(std::back_inserter(out), "{}", value);
}

}  // namespace assay::model
