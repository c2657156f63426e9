// The characters of JSON values: escaped strings and shortest numbers, to a buffer.
// Pure; any thread. Text that is no number (NaN, infinity) is written as null, and each byte that
// is no UTF-8 as U+FFFD: what is written here can always be read again.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/model/digits.h"

namespace assay::model {

// Room that any number takes at most: "-2.2250738585072014e-308".
inline constexpr std::size_t longest_number = 32;

// Each writes at `to`, which has room for it, and returns the place behind.
inline char* write_number(char* to, std::uint64_t value) { return put_number(to, value); }
inline char* write_number(char* to, std::int64_t value) { return put_number(to, value); }
char* write_number(char* to, double value);
char* write_number(char* to, float value);

void append_json_string(std::string& out, std::string_view text);  // with its quotes
// What a JSON string has between its quotes.
void append_escaped(std::string& out, std::string_view text);

template <class Number>
void append_json_number(std::string& out, Number value) {
  char text[longest_number];
  out.append(text, write_number(text, value));
}

}  // namespace assay::model
