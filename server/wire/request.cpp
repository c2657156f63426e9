#include "server/wire/request.h"

namespace assay::wire {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::optional<std::string_view> RequestHead::find(std::string_view name) const {
  for (const HeaderField& field : fields()) {
    if (same_name(field.name, name)) return field.value;
  }
  return std::nullopt;
}

}  // namespace assay::wire
