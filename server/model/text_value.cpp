#include "server/model/text_value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "server/model/json_text.h"
#include "server/model/number_text.h"
#include "server/model/utf8.h"

namespace assay::model {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

// Of e [+-] digits at the start of a text; 0 where there is none.
std::size_t exponent_length(std::string_view text) {
  if (!text.starts_with('e') && !text.starts_with('E')) return 0;
  const std::string_view behind = text.substr(1);
  const std::size_t sign = behind.starts_with('-') || behind.starts_with('+') ? 1 : 0;
  const std::size_t digits = count_digits(behind.substr(sign));
  return digits > 0 ? 1 + sign + digits : 0;
}

// [+-] digits [. digits] [e [+-] digits], where either side of the point may be empty, as a number
// of JSON; empty where it is none.
std::string as_json_number(std::string_view text) {
  text = without_blanks(text);
  std::string number = text.starts_with('-') ? "-" : "";
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t whole = count_digits(text);
  const std::size_t zeros = std::min(text.find_first_not_of('0'), whole);
  number += zeros == whole ? "0" : text.substr(zeros, whole - zeros);
  text.remove_prefix(whole);
  std::size_t fraction = 0;
  if (text.starts_with('.')) {
    fraction = count_digits(text.substr(1));
    if (fraction > 0) number += text.substr(0, fraction + 1);
    text.remove_prefix(fraction + 1);
  }
  if (whole + fraction == 0) return {};
  const std::size_t exponent = exponent_length(text);
  number += text.substr(0, exponent);
  text.remove_prefix(exponent);
  return text.empty() ? number : std::string();
}

template <class Float>
std::optional<Problem> read_float(Float& out, std::string_view text,
                                  Float (*nearest)(std::string_view)) {
  const std::string number = as_json_number(text);
  if (number.empty()) return text_problem(problem_of(unparsed_number), text);
  const Float value = nearest(number);
  if (!std::isfinite(value)) return text_problem(problem_of(not_finite), text);
  out = value;
  return std::nullopt;
}

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

std::optional<Problem> text_problem(Problem problem, std::string_view text) {
  std::string input;
  append_json_string(input, text);
  problem.input = shown_input(input);
  return problem;
}

std::optional<Problem> read_text(bool& out, std::string_view text) {
  static constexpr std::array<std::string_view, 6> yes = {"true", "1", "yes", "on", "t", "y"};
  static constexpr std::array<std::string_view, 6> no = {"false", "0", "no", "off", "f", "n"};
  std::string lower(text.substr(0, 6));
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  if (!is_one_of(lower, yes) && !is_one_of(lower, no)) {
    return text_problem(problem_of(unparsed_bool), text);
  }
  out = is_one_of(lower, yes);
  return std::nullopt;
}

std::optional<Problem> read_text(double& out, std::string_view text) {
  return read_float(out, text, double_of);
}

std::optional<Problem> read_text(float& out, std::string_view text) {
  return read_float(out, text, float_of);
}

std::optional<Problem> read_text(std::string& out, std::string_view text) {
  if (!is_utf8(text)) return text_problem(problem_of(not_unicode), text);
  out = text;
  return std::nullopt;
}

std::optional<Problem> read_text(AnyInteger& out, std::string_view text, IntegerRange range) {
  const std::string number = as_json_number(text);
  const bool has_exponent = number.find_first_of("eE") != number.npos;
  if (number.empty() || has_exponent) return text_problem(problem_of(unparsed_integer), text);
  auto problem = integer_of(number, range, out);
  if (!problem) return std::nullopt;
  if (problem->kind == fraction_for_integer.kind) problem = problem_of(unparsed_integer);
  return text_problem(std::move(*problem), text);
}

}  // namespace assay::model
