// The target of a request by its form (RFC 9112, 3.2): what of it is path, and what is query.
//
// Pure; any thread. The views point into the head's target. Accepts "/path?query",
// "http://authority/path?query" (or https) and, for OPTIONS alone, "*". Everything else is refused,
// the authority of CONNECT too: this is no proxy. So are escapes in the path that are cut short or
// name the character NUL; those of a query are its reader's.
#pragma once
#include <optional>
#include <string_view>

#include "server/wire/request.h"

namespace assay::wire {

struct RequestTarget {
  std::string_view path;
  std::string_view query;   // after the first "?", or empty
  std::string_view scheme;  // "http" or "https" as sent in absolute form, or empty
};

std::optional<RequestTarget> parse_target(const RequestHead& head);

}  // namespace assay::wire
