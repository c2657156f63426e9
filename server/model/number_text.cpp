#include "server/model/number_text.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <system_error>

#ifndef __cpp_lib_to_chars  // Apple's library has no from_chars for doubles
#include <stdlib.h>
#if __has_include(<xlocale.h>)
#include <xlocale.h>
#else
#include <locale.h>
#endif
#endif

namespace assay::model {
namespace {

constexpr std::int64_t far_exponent = 1'000'000;  // beyond any double; digits may shift it

// A number as its digits without point: 1.50e3 is "150" with exponent 1.
struct Decimal {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::int64_t exponent = 0;
};

// Saturates: an exponent of many digits is beyond everything.
std::int64_t exponent_of(std::string_view text) {
  if (text.empty()) return 0;
  const bool negative = text.front() == '-';
  if (text.front() == '-' || text.front() == '+') text.remove_prefix(1);
  std::int64_t value = 0;
  for (const char c : text) value = std::min(value * 10 + (c - '0'), far_exponent * far_exponent);
  return negative ? -value : value;
}

Decimal decimal_of(std::string_view number) {
  Decimal decimal;
  decimal.negative = number.starts_with('-');
  if (decimal.negative) number.remove_prefix(1);
  const std::size_t e = std::min(number.find_first_of("eE"), number.size());
  decimal.exponent = exponent_of(number.substr(std::min(e + 1, number.size())));
  number = number.substr(0, e);
  const std::size_t point = std::min(number.find('.'), number.size());
  decimal.whole = number.substr(0, point);
  decimal.fraction = number.substr(std::min(point + 1, number.size()));
  return decimal;
}

// The digits from the first to the last that is not zero, and the power of ten behind them.
struct Significant {
  std::string digits;
  std::int64_t exponent = 0;
};

Significant significant_of(const Decimal& decimal) {
  Significant result{std::string(decimal.whole) + std::string(decimal.fraction),
                     decimal.exponent - static_cast<std::int64_t>(decimal.fraction.size())};
  const std::size_t last = result.digits.find_last_not_of('0');
  if (last == std::string::npos) return {};
  result.exponent += static_cast<std::int64_t>(result.digits.size() - last - 1);
  result.digits.erase(last + 1);
  result.digits.erase(0, result.digits.find_first_not_of('0'));
  return result;
}

// What is beyond the type's range: nothing, or without end.
template <class Float>
Float beyond_range(std::string_view number) {
  const Decimal decimal = decimal_of(number);
  const Significant significant = significant_of(decimal);
  const bool large =
      significant.exponent + static_cast<std::int64_t>(significant.digits.size()) > 0;
  const Float value = large ? std::numeric_limits<Float>::infinity() : Float{0};
  return decimal.negative ? -value : value;
}

#ifdef __cpp_lib_to_chars
template <class Float>
Float nearest(std::string_view number) {
  Float value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  return error == std::errc::result_out_of_range ? beyond_range<Float>(number) : value;
}
#else
template <class Float>
Float nearest(std::string_view number) {
  static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
  const std::string text(number);
  if constexpr (sizeof(Float) == sizeof(float)) return strtof_l(text.c_str(), nullptr, plain);
  return static_cast<Float>(strtod_l(text.c_str(), nullptr, plain));
}
#endif

}  // namespace

double double_of(std::string_view number) { return nearest<double>(number); }
float float_of(std::string_view number) { return nearest<float>(number); }

WholeNumber whole_of(std::string_view number) {
  const Decimal decimal = decimal_of(number);
  Significant significant = significant_of(decimal);
  if (significant.digits.empty()) return {WholeNumber::Kind::whole, decimal.negative, 0};
  if (significant.exponent < 0) return {WholeNumber::Kind::fraction, decimal.negative, 0};
  if (significant.exponent > 20) return {WholeNumber::Kind::beyond_64_bits, decimal.negative, 0};
  significant.digits.append(static_cast<std::size_t>(significant.exponent), '0');
  const char* const end = significant.digits.data() + significant.digits.size();
  std::uint64_t magnitude = 0;
  if (std::from_chars(significant.digits.data(), end, magnitude).ec != std::errc()) {
    return {WholeNumber::Kind::beyond_64_bits, decimal.negative, 0};
  }
  return {WholeNumber::Kind::whole, decimal.negative, magnitude};
}

}  // namespace assay::model
