#include "harness/load/text/decimal.h"

#include <algorithm>

namespace assay::load {
namespace {

constexpr std::int64_t largest_exponent = 1'000'000'000;

// Of "e+12" without its letter.
std::int64_t exponent_of(std::string_view text) {
  const bool is_negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::int64_t exponent = 0;
  for (const char digit : text) {
    exponent = std::min(exponent * 10 + (digit - '0'), largest_exponent);
  }
  return is_negative ? -exponent : exponent;
}

bool is_smaller(const Decimal& left, const Decimal& right) {
  if (left.is_zero() || right.is_zero()) return left.is_zero() && !right.is_zero();
  if (left.exponent != right.exponent) return left.exponent < right.exponent;
  return left.digits < right.digits;  // from the first digit on, as both start at one place
}

}  // namespace

bool operator<(const Decimal& left, const Decimal& right) {
  if (left.negative != right.negative) return left.negative;
  return left.negative ? is_smaller(right, left) : is_smaller(left, right);
}

Decimal decimal_of(std::string_view number) {
  Decimal value;
  value.negative = number.front() == '-';
  if (value.negative) number.remove_prefix(1);
  const std::size_t letter = std::min(number.find_first_of("eE"), number.size());
  if (letter != number.size()) value.exponent = exponent_of(number.substr(letter + 1));
  const std::string_view digits = number.substr(0, letter);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  value.exponent += static_cast<std::int64_t>(point);
  value.digits = digits.substr(0, point);
  if (point != digits.size()) value.digits += digits.substr(point + 1);
  value.digits.erase(value.digits.find_last_not_of('0') + 1);
  if (value.is_zero()) return {};
  const std::size_t zeros = value.digits.find_first_not_of('0');
  value.digits.erase(0, zeros);
  value.exponent -= static_cast<std::int64_t>(zeros);
  return value;
}

bool is_multiple(const Decimal& value, const Decimal& step) {
  if (value.is_zero()) return true;
  // Both as whole numbers times a power of ten.
  const auto places = [](const Decimal& number) {
    return number.exponent - static_cast<std::int64_t>(number.digits.size());
  };
  const std::int64_t shift = places(value) - places(step);
  if (shift < 0) return false;  // the value's last digit, which is not zero, lies below the step's
  std::uint64_t divisor = 0;
  for (const char digit : step.digits) divisor = divisor * 10 + static_cast<unsigned>(digit - '0');
  std::uint64_t rest = 0;
  for (const char digit : value.digits) {
    rest = (rest * 10 + static_cast<unsigned>(digit - '0')) % divisor;
  }
  // A divisor below 2^60 has no more than 60 factors of two or five for tens to take away.
  for (std::int64_t i = 0; i < std::min<std::int64_t>(shift, 60); ++i) rest = rest * 10 % divisor;
  return rest == 0;
}

}  // namespace assay::load
