#include "server/model/json_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/compile.h>
#include <fmt/format.h>

#include "server/model/digits.h"
#include "server/model/number_text.h"
#include "server/model/plain_text.h"
#include "server/model/utf8.h"

namespace assay::model {
namespace {

// A double that is whole is written as 42.0, so that it stays one wherever types come from the
// text: as Python, serde_json, RapidJSON and nlohmann do. JavaScript and Go write 42.
char* put_whole_end(char* to) { return std::copy_n(".0", 2, to); }

// A number of few decimals, as prices are: found by trying, in a fraction of the time that the
// general way takes. What is tried has 15 digits at most, and no two such numbers are the same
// double, so that the first that reads back equal is the shortest. Null where there is none.
char* write_few_decimals(char* to, double size) {
  constexpr std::size_t most_places = 4;
  if (!(size < 1e11)) return nullptr;  // so that 4 places are 15 digits
  for (std::size_t places = 0; places <= most_places; ++places) {
    const double power = exact_powers_of_ten[places];
    // A candidate that was rounded wrongly is not equal below: lround would cost a call for
    // nothing.
    const auto scaled = static_cast<std::uint64_t>(size * power + 0.5);  // NOLINT(bugprone-*)
    if (static_cast<double>(scaled) / power != size) continue;
    constexpr std::array<std::uint64_t, most_places + 1> powers = {1, 10, 100, 1000, 10000};
    const std::uint64_t whole = scaled / powers[places];
    to = put_number(to, whole);
    if (places == 0) return put_whole_end(to);
    *to++ = '.';
    std::uint64_t rest = scaled % powers[places];
    for (std::size_t i = places; i > 0; rest /= 10) to[--i] = static_cast<char>('0' + rest % 10);
    return to + places;
  }
  return nullptr;
}

template <class Float>
char* write_null_or_general(char* to, Float value) {
  if (!std::isfinite(value)) {
    return std::copy_n("null", 4, to);
  }
  char* const end = fmt::format_to(to, FMT_COMPILE("{}"), value);
  const bool is_whole = std::none_of(to, end, [](char c) { return c == '.' || c == 'e'; });
  return is_whole ? put_whole_end(end) : end;
}

void append_special(std::string& out, char c) {
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

}  // namespace

char* write_number(char* to, double value) {
  const bool negative = std::signbit(value);
  if (negative) *to = '-';
  char* const end = write_few_decimals(to + (negative ? 1 : 0), std::fabs(value));
  return end != nullptr ? end : write_null_or_general(to, value);
}

char* write_number(char* to, float value) { return write_null_or_general(to, value); }

void append_escaped(std::string& out, std::string_view text) {
  const char* const end = text.data() + text.size();
  const char* run = text.data();  // where what can be copied as it is begins
  const char* at = run;
  while ((at = skip_plain(at, end)) != end) {
    const std::size_t beyond_ascii = utf8_run({at, static_cast<std::size_t>(end - at)});
    if (beyond_ascii == 0) {
      out.append(run, at);
      append_special(out, *at);
      run = at + 1;
    }
    at += beyond_ascii > 0 ? beyond_ascii : 1;
  }
  out.append(run, end);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

}  // namespace assay::model
