// JSON's scalars into C++'s: bool, integers of any width, float and double, strings, texts of a
// form. Steps of a JsonReader: from a place to the one behind, or null at a fault of syntax.
#pragma once
#include <cmath>
#include <concepts>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/model/json_reader.h"
#include "server/model/number_text.h"
#include "server/model/value_kinds.h"

namespace assay::model {

inline const char* read_value(JsonReader& reader, const char* at, bool& out) {
  const auto left = static_cast<std::size_t>(reader.end() - at);
  if (left >= 4 && std::memcmp(at, "true", 4) == 0) {
    out = true;
    return at + 4;
  }
  if (left >= 5 && std::memcmp(at, "false", 5) == 0) {
    out = false;
    return at + 5;
  }
  return reader.wrong_value(at, no_bool);
}

inline const char* read_value(JsonReader& reader, const char* at, std::string& out) {
  return *at == '"' ? reader.read_string(at, out) : reader.wrong_value(at, no_string);
}

const char* read_uncommon(JsonReader& reader, const char* at, double& out);
const char* read_value(JsonReader& reader, const char* at, float& out);
inline const char* read_value(JsonReader& reader, const char* at, double& out) {
  const char* const behind = take_common_double(at, out);
  return behind != nullptr ? behind : read_uncommon(reader, at, out);
}

// Any number that is an integer of the range, however it is written; `bits` as two's complement.
struct AnyInteger {
  bool good = false;
  std::uint64_t bits = 0;
};
const char* read_uncommon(JsonReader& reader, const char* at, IntegerRange range, AnyInteger& out);
// `number` is one by RFC 8259.
std::optional<Problem> integer_of(std::string_view number, IntegerRange range, AnyInteger& out);

template <Integer T>
const char* read_value(JsonReader& reader, const char* at, T& out) {
  const bool negative = *at == '-';
  const char* const first = at + (negative ? 1 : 0);
  std::uint64_t digits = 0;
  const char* const behind = take_digits(first, digits);
  const auto count = static_cast<std::size_t>(behind - first);
  // 18 digits fit 64 bits whatever they are; one zero stands alone.
  const bool common =
      count - 1 < 18 && (*first != '0' || count == 1) && *behind != '.' && (*behind | 0x20) != 'e';
  const auto value = static_cast<std::int64_t>(negative ? 0 - digits : digits);
  if (common && std::in_range<T>(value)) [[likely]] {
    out = static_cast<T>(value);
    return behind;
  }
  AnyInteger any;
  at = read_uncommon(reader, at, range_of<T>, any);
  if (any.good) out = static_cast<T>(any.bits);
  return at;
}

// A string that `parse` reads, which returns the problem with it, if any.
template <class Parse>
const char* read_text_form(JsonReader& reader, const char* at, const FixedProblem& no_text,
                           Parse&& parse) {
  if (*at != '"') return reader.wrong_value(at, no_text);
  std::string_view text;
  std::string decoded;
  const char* const behind = reader.read_text(at, text, decoded);
  if (behind == nullptr) return nullptr;
  if (auto problem = parse(text)) reader.report(at, behind, std::move(*problem));
  return behind;
}

}  // namespace assay::model
