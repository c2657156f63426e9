#include "server/wire/cookies.h"

#include <algorithm>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

std::string_view unquoted(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

void Cookies::Iterator::advance() {
  cookie_ = {};
  while (!rest_.empty()) {
    const std::string_view part = rest_.substr(0, rest_.find(';'));
    rest_.remove_prefix(std::min(part.size() + 1, rest_.size()));
    const std::size_t equals = part.find('=');
    if (equals == part.npos) continue;
    const std::string_view name = trimmed(part.substr(0, equals));
    if (name.empty()) continue;
    cookie_ = {name, unquoted(trimmed(part.substr(equals + 1)))};
    return;
  }
}

std::optional<std::string_view> Cookies::find(std::string_view name) const {
  for (const Cookie& cookie : *this) {
    if (cookie.name == name) return cookie.value;
  }
  return std::nullopt;
}

}  // namespace assay::wire
