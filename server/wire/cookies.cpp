#include "server/wire/cookies.h"

#include <algorithm>
#include <cstddef>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

std::string_view unquoted(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

NamedValue Cookies::Rules::next(std::string_view& rest) {
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    const std::size_t equals = part.find('=');
    if (equals == part.npos) continue;
    const std::string_view name = trimmed(part.substr(0, equals));
    if (!name.empty()) return {name, unquoted(trimmed(part.substr(equals + 1)))};
  }
  return {};
}

std::optional<std::string_view> Cookies::find(std::string_view name) const {
  for (const NamedValue& cookie : *this) {
    if (cookie.name == name) return cookie.value;
  }
  return std::nullopt;
}

}  // namespace assay::wire
