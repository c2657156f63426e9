#include "harness/load/text/digit_pattern.h"

#include <algorithm>

namespace assay::load {
namespace {

constexpr std::string_view digits = "{digits}";
constexpr std::string_view either = "{or}";

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

}  // namespace

Result<DigitPattern> DigitPattern::of(std::string_view pattern) {
  DigitPattern made;
  while (true) {
    const std::size_t end = std::min(pattern.find(either), pattern.size());
    auto text = text_of(pattern.substr(0, end));
    if (!text) return text.error();
    made.texts_.push_back(*std::move(text));
    if (end == pattern.size()) return made;
    pattern.remove_prefix(end + either.size());
  }
}

bool DigitPattern::accepts(std::string_view text) const {
  return std::any_of(texts_.begin(), texts_.end(),
                     [&](const Text& each) { return each.accepts(text); });
}

Result<DigitPattern::Text> DigitPattern::text_of(std::string_view pattern) {
  if (pattern.empty()) return LoadError::bad_pattern("it is empty");
  Text made;
  std::size_t place = std::min(pattern.find(digits), pattern.size());
  made.first = pattern.substr(0, place);
  while (place < pattern.size()) {
    const std::string_view behind = pattern.substr(place + digits.size());
    if (starts_with(behind, digits)) {
      return LoadError::bad_pattern(
          "two {digits} stand side by side; one takes any number of them");
    }
    if (!behind.empty() && is_digit(behind.front())) {
      return LoadError::bad_pattern("a digit stands right behind {digits}, which takes it too");
    }
    const std::size_t length = std::min(behind.find(digits), behind.size());
    made.rest.emplace_back(behind.substr(0, length));
    place += digits.size() + length;
  }
  return made;
}

bool DigitPattern::Text::accepts(std::string_view text) const {
  if (!starts_with(text, first)) return false;
  text.remove_prefix(first.size());
  for (const std::string& behind : rest) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    if (count == 0) return false;
    text.remove_prefix(count);
    if (!starts_with(text, behind)) return false;
    text.remove_prefix(behind.size());
  }
  return text.empty();
}

}  // namespace assay::load
