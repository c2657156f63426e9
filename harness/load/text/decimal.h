// A number of JSON by its exact value: 1, 1.0 and 10e-1 are one, and no digit is lost to a double.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay::load {

struct Decimal {
  bool negative = false;
  std::string digits;         // without zeros at either end; zero has none
  std::int64_t exponent = 0;  // the value is 0.DIGITS times ten to this

  bool is_whole() const {
    return static_cast<std::int64_t>(digits.size()) <= exponent || is_zero();
  }
  bool is_zero() const { return digits.empty(); }

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend bool operator<(const Decimal& left, const Decimal& right);
};

// REQUIRES: `number` is one by RFC 8259. Exponents beyond a billion are taken for a billion.
Decimal decimal_of(std::string_view number);

inline constexpr std::size_t longest_step = 18;  // digits
// REQUIRES: `step` is above zero, and has at most `longest_step` digits.
bool is_multiple(const Decimal& value, const Decimal& step);

}  // namespace assay::load
