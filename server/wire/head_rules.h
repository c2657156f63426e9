// What RFC 9112 and 9110 ask of a request's head beyond its characters, and how its body is framed.
//
// Pure; any thread. Stricter than Beast's parser alone, which does not judge Host, duplicates, or a
// transfer coding: where two readers may frame a message differently, requests are smuggled.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "server/wire/refusal.h"
#include "server/wire/request.h"

namespace assay::wire {

struct Framing {
  Refusal refusal = Refusal::none;
  bool announces_body = false;  // RFC 9112, 6: by a length, even of 0, or a transfer coding
  bool chunked = false;
  std::uint64_t body_bytes = 0;  // where it is not chunked
  bool keep_alive = true;
  bool expects_continue = false;  // the peer may wait with its body until it is asked for
};

Framing framing_of(const RequestHead& head);

// RFC 9110, 8.6. Stricter than from_chars: no sign, no space, no list, at most 18 digits.
std::optional<std::uint64_t> parse_content_length(std::string_view text) noexcept;

// Whether a comma-separated field value holds `token`, in any case (RFC 9110, 5.6.1).
bool has_token(std::string_view list, std::string_view token);

}  // namespace assay::wire
