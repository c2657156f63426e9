#include "server/wire/head_rules.h"

#include <algorithm>
#include <cstddef>

#include "server/wire/characters.h"
#include "server/wire/host.h"

namespace assay::wire {
namespace {

// Calls `use` with each element of a comma-separated list, the empty ones too.
template <class Use>
void each_element(std::string_view list, Use use) {
  for (;;) {
    const std::size_t comma = std::min(list.find(','), list.size());
    use(trimmed(list.substr(0, comma)));
    if (comma == list.size()) return;
    list.remove_prefix(comma + 1);
  }
}

// All Transfer-Encoding fields as one list (RFC 9110, 5.3).
struct Codings {
  unsigned count = 0;
  unsigned chunked = 0;
  bool chunked_is_last = false;

  void add(std::string_view list) {
    each_element(list, [this](std::string_view coding) {
      ++count;  // an empty one too: readers differ on what it means
      chunked_is_last = same_name(coding, "chunked");
      if (chunked_is_last) ++chunked;
    });
  }
};

// Fields that decide the framing, counted in one pass. Small: it is made for each request.
struct Framed {
  std::string_view host;
  std::string_view length;
  unsigned hosts = 0;
  unsigned lengths = 0;
  bool transfer_encoding = false;
  Codings codings;
  bool close = false;  // of all Connection fields together: RFC 9110, 5.3
  bool keep_alive = false;
  bool expects_continue = false;
  bool expects_else = false;

  void note_connection(std::string_view list) {
    close = close || has_token(list, "close");
    keep_alive = keep_alive || list == "keep-alive" || has_token(list, "keep-alive");
  }

  void note_expectation(std::string_view list) {
    each_element(list, [this](std::string_view expectation) {
      const bool known = same_name(expectation, "100-continue");
      expects_continue = expects_continue || known;
      expects_else = expects_else || (!known && !expectation.empty());
    });
  }
};

void note(const HeaderField& field, Framed& found) {
  // Lengths differ, so one switch spares most fields the comparison.
  switch (field.name.size()) {
    case 4:
      if (!same_name(field.name, "Host")) return;
      ++found.hosts;
      found.host = field.value;
      return;
    case 6:
      if (same_name(field.name, "Expect")) found.note_expectation(field.value);
      return;
    case 10:
      if (!same_name(field.name, "Connection")) return;
      return found.note_connection(field.value);
    case 14:
      if (!same_name(field.name, "Content-Length")) return;
      ++found.lengths;
      found.length = field.value;
      return;
    case 17:
      if (!same_name(field.name, "Transfer-Encoding")) return;
      found.transfer_encoding = true;
      found.codings.add(field.value);
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
  return fields.hosts > 1 || !is_host(fields.host);
}

// RFC 9112, 6.1 and 6.3. With a length as well, or in HTTP/1.0, two readers would frame the message
// differently; so they would where chunked is not the last coding, or not there once.
Refusal refusal_of(const RequestHead& head, const Framed& fields) {
  if (fields.lengths > 0 || head.version == 10) return Refusal::malformed;
  const Codings& codings = fields.codings;
  if (codings.chunked != 1 || !codings.chunked_is_last) return Refusal::malformed;
  return codings.count == 1 ? Refusal::none : Refusal::not_implemented;
}

}  // namespace

bool has_token(std::string_view list, std::string_view token) {
  bool found = false;
  each_element(list, [&](std::string_view element) { found = found || same_name(element, token); });
  return found;
}

std::optional<std::uint64_t> parse_content_length(std::string_view text) noexcept {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
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
    const Refusal refusal = refusal_of(head, fields);
    if (refusal != Refusal::none) return refused(refusal);
    framing.chunked = true;
  } else if (fields.lengths == 1) {
    const auto length = parse_content_length(fields.length);
    if (!length) return refused(Refusal::malformed);
    framing.body_bytes = *length;
  }
  framing.announces_body = framing.chunked || fields.lengths == 1;
  // RFC 9110, 10.1.1: HTTP/1.0 knows no interim replies, and what is expected there is ignored.
  if (fields.expects_else && head.version == 11) return refused(Refusal::expectation_unknown);
  const bool has_body = framing.chunked || framing.body_bytes > 0;
  framing.expects_continue = fields.expects_continue && has_body && head.version == 11;
  framing.keep_alive = !fields.close && (head.version == 11 || fields.keep_alive);
  return framing;
}

}  // namespace assay::wire
