#include "harness/load/text/rate_text.h"

#include <cstdlib>
#include <optional>
#include <string>

namespace assay::load {
namespace {

constexpr double lowest = 1e-6;
constexpr double highest = 1e7;

std::optional<double> number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  const bool is_number = !text.empty() && *end == '\0' && text.find_first_of("xXnN ") == text.npos;
  if (!is_number || !(value >= lowest && value <= highest)) return std::nullopt;
  return value;
}

}  // namespace

Result<Rate> parse_rate(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto first = number(std::string(text.substr(0, colon)));
  const bool is_ramp = colon != std::string_view::npos;
  const auto last = is_ramp ? number(std::string(text.substr(colon + 1))) : first;
  if (!first || !last) return LoadError::not_a_rate(text);
  return Rate{*first, *last};
}

Arrivals parse_arrivals(std::string_view text) {
  if (text == "poisson") return Arrivals::poisson;
  return text == "burst" ? Arrivals::burst : Arrivals::constant;
}

}  // namespace assay::load
