#include "server/wire/query.h"

#include <algorithm>

namespace assay::wire {

void Query::Iterator::advance() {
  pair_ = {};
  rest_.remove_prefix(std::min(rest_.find_first_not_of('&'), rest_.size()));
  if (rest_.empty()) return;
  const std::string_view part = rest_.substr(0, rest_.find('&'));
  rest_.remove_prefix(part.size());
  const std::size_t equals = std::min(part.find('='), part.size());
  pair_ = {part.substr(0, equals), part.substr(std::min(equals + 1, part.size()))};
}

std::optional<std::string_view> Query::first(std::string_view name, std::string& scratch) const {
  for (const QueryPair& pair : *this) {
    if (form_decoded(pair.name, scratch) == name) return form_decoded(pair.value, scratch);
  }
  return std::nullopt;
}

}  // namespace assay::wire
