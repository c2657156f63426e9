#include "server/forms/media_type.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "server/forms/parameters.h"
#include "server/wire/characters.h"
#include "server/wire/request.h"

namespace assay::forms {
namespace {

// More than anybody sends, and few enough to compare each with each.
constexpr std::size_t most_parameters = 16;

bool are_parameters(std::string_view rest) {
  std::array<std::string_view, most_parameters> names;
  std::size_t count = 0;
  Parameter parameter;
  for (;;) {
    const NextParameter next = next_parameter(rest, parameter);
    if (next != NextParameter::found) return next == NextParameter::none;
    const auto is_this = [&](std::string_view name) {
      return wire::same_name(name, parameter.name);
    };
    if (count == names.size() || std::any_of(names.begin(), names.begin() + count, is_this)) {
      return false;
    }
    names[count++] = parameter.name;
  }
}

std::string without_escapes(std::string_view quoted) {
  std::string text;
  text.reserve(quoted.size());
  for (std::size_t at = 0; at < quoted.size(); ++at) {
    if (quoted[at] == '\\') ++at;  // a quoted text never ends in one
    text += quoted[at];
  }
  return text;
}

bool matches(std::string_view name, std::string_view pattern) {
  if (pattern == "*") return true;
  if (!pattern.starts_with('*')) return wire::same_name(name, pattern);
  pattern.remove_prefix(1);
  return name.size() > pattern.size() &&
         wire::same_name(name.substr(name.size() - pattern.size()), pattern);
}

}  // namespace

std::optional<MediaType> MediaType::parse(std::string_view text) {
  text = wire::trimmed(text);
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  const std::size_t end = std::min(text.find_first_of("; \t", slash), text.size());
  MediaType media;
  media.type_ = text.substr(0, slash);
  media.subtype_ = text.substr(slash + 1, end - slash - 1);
  media.parameters_ = text.substr(end);
  if (!wire::is_token(media.type_) || !wire::is_token(media.subtype_)) return std::nullopt;
  if (!are_parameters(media.parameters_)) return std::nullopt;
  return media;
}

std::optional<std::string> MediaType::parameter(std::string_view name) const {
  std::string_view rest = parameters_;
  Parameter parameter;
  while (next_parameter(rest, parameter) == NextParameter::found) {
    if (wire::same_name(parameter.name, name)) return without_escapes(parameter.value);
  }
  return std::nullopt;
}

bool is(const MediaType& media, std::string_view pattern) {
  const std::size_t slash = std::min(pattern.find('/'), pattern.size());
  return slash < pattern.size() && matches(media.type(), pattern.substr(0, slash)) &&
         matches(media.subtype(), pattern.substr(slash + 1));
}

bool is(std::string_view content_type, std::string_view pattern) {
  const std::optional<MediaType> media = MediaType::parse(content_type);
  return media && is(*media, pattern);
}

}  // namespace assay::forms
