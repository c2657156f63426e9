#include "server/wire/head_rules.h"

#include <algorithm>
#include <cstddef>

namespace assay::wire {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Fields that decide the framing and the target, counted in one pass.
struct Framed {
  std::size_t hosts = 0;
  std::string_view host;
  std::size_t lengths = 0;
  std::string_view length;
  bool transfer_encoding = false;
  bool close = false;  // of all Connection fields together: RFC 9110, 5.3
  bool keep_alive = false;
};

void note(const HeaderField& field, Framed& found) {
  // Lengths differ, so one switch spares most fields the comparison.
  switch (field.name.size()) {
    case 4:
      if (!same_name(field.name, "host")) return;
      ++found.hosts;
      found.host = field.value;
      return;
    case 10:
      if (!same_name(field.name, "connection")) return;
      found.close = found.close || has_token(field.value, "close");
      found.keep_alive = found.keep_alive || has_token(field.value, "keep-alive");
      return;
    case 14:
      if (!same_name(field.name, "content-length")) return;
      ++found.lengths;
      found.length = field.value;
      return;
    case 17:
      if (same_name(field.name, "transfer-encoding")) found.transfer_encoding = true;
      return;
    default: return;
  }
}

Framed framed(const RequestHead& head) {
  Framed found;
  for (const HeaderField& field : head.fields()) note(field, found);
  return found;
}

// RFC 9112, 3.2: exactly one Host; HTTP/1.0 may have none.
bool host_is_wrong(const RequestHead& head, const Framed& fields) {
  if (fields.hosts == 0) return head.version == 11;
  return fields.hosts > 1 || fields.host.find_first_of(" \t,/?#@\\") != std::string_view::npos;
}

}  // namespace

bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (same_name(trimmed(list.substr(0, comma)), token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

std::optional<std::uint64_t> parse_content_length(std::string_view text) noexcept {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

Framing framing_of(const RequestHead& head) {
  const Framed fields = framed(head);
  Framing framing;
  const auto refused = [&](Refusal refusal) {
    framing.refusal = refusal;
    return framing;
  };
  if (host_is_wrong(head, fields)) return refused(Refusal::malformed);
  if (fields.lengths > 1) return refused(Refusal::malformed);
  if (fields.transfer_encoding) {
    // With a length as well, two readers would frame it differently (RFC 9112, 6.3).
    const bool ambiguous = fields.lengths > 0 || head.version == 10;
    return refused(ambiguous ? Refusal::malformed : Refusal::coding_not_implemented);
  }
  if (fields.lengths == 1) {
    const auto length = parse_content_length(fields.length);
    if (!length) return refused(Refusal::malformed);
    framing.body_bytes = *length;
  }
  framing.keep_alive = !fields.close && (head.version == 11 || fields.keep_alive);
  return framing;
}

}  // namespace assay::wire
