// Decimal numbers to integers and doubles: exact, correctly rounded, deaf to the locale.
//
// `number` is one by RFC 8259, checked by the caller. Pure; any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::model {

// The nearest double or float; infinite where the number is beyond them.
double double_of(std::string_view number);
float float_of(std::string_view number);

// A number that may be written as 1.0 or 1e3 and is an integer all the same.
struct WholeNumber {
  enum class Kind { whole, fraction, beyond_64_bits };
  Kind kind = Kind::whole;
  bool negative = false;
  std::uint64_t magnitude = 0;
};
WholeNumber whole_of(std::string_view number);

// Powers of ten that a double holds exactly.
inline constexpr double exact_powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// Reads digits at `at` up to what is none, adding to `value`; it wraps beyond 19 digits, which the
// caller sees by their count. REQUIRES: something behind the digits is no digit.
inline const char* take_digits(const char* at, std::uint64_t& value) {
  for (;; ++at) {
    const auto digit = static_cast<unsigned>(*at) - '0';
    if (digit > 9) return at;
    value = value * 10 + digit;
  }
}

// The number at `at` where it is a common one: no exponent, and digits and scale that a double
// holds exactly, so that one division rounds correctly (Clinger, 1990). Null for all others.
inline const char* take_common_double(const char* at, double& out) {
  const bool negative = *at == '-';
  const char* const first = at + (negative ? 1 : 0);
  std::uint64_t digits = 0;
  at = take_digits(first, digits);
  std::ptrdiff_t count = at - first;
  if (count == 0 || (*first == '0' && count > 1)) return nullptr;
  std::ptrdiff_t scale = 0;
  if (*at == '.') {
    const char* const fraction = at + 1;
    at = take_digits(fraction, digits);
    scale = at - fraction;
    if (scale == 0) return nullptr;
    count += scale;
  }
  if (count > 19 || digits > (std::uint64_t{1} << 53U) || (*at | 0x20) == 'e') return nullptr;
  // 19 digits at most, so that the scale has its power in the table.
  const double value = static_cast<double>(digits) / exact_powers_of_ten[scale];
  out = negative ? -value : value;
  return at;
}

}  // namespace assay::model
