#include "server/model/uuid.h"

#include <fmt/format.h>

namespace assay::model {
namespace {

constexpr bool hyphen_before(std::size_t byte) {
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

std::string_view without_wrapping(std::string_view text) {
  if (text.size() == 38 && text.front() == '{' && text.back() == '}') return text.substr(1, 36);
  constexpr std::string_view urn = "urn:uuid:";
  return text.starts_with(urn) ? text.substr(urn.size()) : text;
}

Problem refused(std::string_view why) { return unparsed("uuid_parsing", "UUID", why); }

}  // namespace

std::optional<Problem> Uuid::parse(std::string_view text, Uuid& out) {
  const std::string_view digits = without_wrapping(text);
  if (digits.size() != 36 && digits.size() != 32) {
    return refused(
        fmt::format("invalid length: expected 32 or 36 characters, found {}", digits.size()));
  }
  const bool hyphenated = digits.size() == 36;
  Uuid read;
  std::size_t at = 0;
  for (std::size_t i = 0; i < read.bytes.size(); ++i) {
    if (hyphenated && hyphen_before(i) && digits[at++] != '-') {
      return refused(fmt::format("expected a hyphen at character {}", at));
    }
    const int high = hex_value(digits[at]);
    const int low = hex_value(digits[at + 1]);
    if (high < 0 || low < 0) {
      return refused(fmt::format("expected a hex digit at character {}", at + (high < 0 ? 1 : 2)));
    }
    read.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    at += 2;
  }
  out = read;
  return std::nullopt;
}

char* Uuid::write(char* to) const {
  constexpr std::string_view digits = "0123456789abcdef";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (hyphen_before(i)) *to++ = '-';
    *to++ = digits[bytes[i] >> 4U];
    *to++ = digits[bytes[i] & 0xFU];
  }
  return to;
}

std::string Uuid::text() const {
  std::string out(longest_text, '\0');
  write(out.data());
  return out;
}

}  // namespace assay::model
