#include "server/wire/request.h"

#include <algorithm>

namespace assay::wire {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> RequestHead::find(std::string_view name) const {
  for (const HeaderField& field : fields()) {
    if (same_name(field.name, name)) return field.value;
  }
  return std::nullopt;
}

}  // namespace assay::wire
