#include "server/wire/percent_decoding.h"

#include <cstddef>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

// The byte that an escape at `at` stands for, or -1.
int escaped_byte(std::string_view text, std::size_t at) {
  if (text.size() - at < 3) return -1;
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// Decodes `text` from `first`, before which there is nothing to decode.
std::string_view decoded(std::string_view text, std::size_t first, bool plus_is_space,
                         std::string& scratch) {
  scratch.assign(text);  // never longer than the text, so it is decoded in place
  std::size_t size = first;
  for (std::size_t at = first; at < text.size(); ++at) {
    char byte = text[at];
    if (plus_is_space && byte == '+') byte = ' ';
    if (byte == '%') {
      if (const int escaped = escaped_byte(text, at); escaped >= 0) {
        byte = static_cast<char>(escaped);
        at += 2;
      }
    }
    scratch[size++] = byte;
  }
  scratch.resize(size);
  return scratch;
}

// RFC 3986, 2.3.
bool is_unreserved(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

bool is_percent_encoded_well(std::string_view text) {
  for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 3)) {
    if (escaped_byte(text, at) <= 0) return false;
  }
  return true;
}

std::string_view percent_decoded(std::string_view text, std::string& scratch) {
  const std::size_t first = text.find('%');
  return first == text.npos ? text : decoded(text, first, false, scratch);
}

std::string_view form_decoded(std::string_view text, std::string& scratch) {
  std::size_t first = 0;  // find_first_of would look up each byte among the two
  while (first < text.size() && text[first] != '%' && text[first] != '+') ++first;
  return first == text.size() ? text : decoded(text, first, true, scratch);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";  // RFC 3986, 2.1: capitals
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto code = static_cast<unsigned char>(c);
    encoded += {'%', digits[code / 16], digits[code % 16]};
  }
  return encoded;
}

}  // namespace assay::wire
