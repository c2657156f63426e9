#include "server/wire/query.h"

#include <algorithm>
#include <cstddef>

namespace assay::wire {

NamedValue Query::Rules::next(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of('&'), rest.size()));
  if (rest.empty()) return {};
  const std::string_view part = rest.substr(0, rest.find('&'));
  rest.remove_prefix(part.size());
  const std::size_t equals = std::min(part.find('='), part.size());
  return {part.substr(0, equals), part.substr(std::min(equals + 1, part.size()))};
}

std::optional<std::string_view> Query::first(std::string_view name, std::string& scratch) const {
  for (const NamedValue& pair : *this) {
    if (form_decoded(pair.name, scratch) == name) return form_decoded(pair.value, scratch);
  }
  return std::nullopt;
}

}  // namespace assay::wire
