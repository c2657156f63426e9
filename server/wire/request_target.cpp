#include "server/wire/request_target.h"

#include <algorithm>
#include <cstddef>

#include "server/wire/host.h"
#include "server/wire/percent_decoding.h"

namespace assay::wire {
namespace {

bool is_made_of(std::string_view text, TargetPart part) {
  return std::all_of(text.begin(), text.end(), [part](char c) {
    return (target_parts[static_cast<unsigned char>(c)] & part) != 0;
  });
}

std::optional<RequestTarget> split_at_query(std::string_view target) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  const std::size_t query = std::min(mark + 1, target.size());
  const std::string_view path = target.substr(0, mark);
  if (!is_made_of(path, in_path) || !is_percent_encoded_well(path)) return std::nullopt;
  if (!is_made_of(target.substr(query), in_query)) return std::nullopt;
  // RFC 9110, 4.2.3: in absolute form an empty path means "/".
  return RequestTarget{path.empty() ? "/" : path, target.substr(query), {}};
}

// Schemes have no case (RFC 9110, 4.2.3). Empty: it has none that we know.
std::string_view scheme_of(std::string_view target) {
  const std::string_view scheme = target.substr(0, target.find("://"));
  return same_name(scheme, "http") || same_name(scheme, "https") ? scheme : std::string_view();
}

// The usual case, for which there is nothing to find or to decode.
bool is_plain_path(std::string_view target) {
  return target.starts_with('/') && is_made_of(target, plain_in_path);
}

}  // namespace

std::optional<RequestTarget> parse_target(const RequestHead& head) {
  const std::string_view target = head.target;
  if (is_plain_path(target)) return RequestTarget{target, {}, {}};
  if (target.starts_with('/')) return split_at_query(target);
  if (target == "*" && head.method == Method::options) return RequestTarget{target, {}, {}};

  const std::string_view scheme = scheme_of(target);
  const std::size_t authority = scheme.size() + 3;
  if (scheme.empty() || target.size() < authority) return std::nullopt;
  const std::string_view rest = target.substr(authority);
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  // RFC 9110, 4.2.4: a user name before the host is there to deceive, so is_host knows none.
  if (end == 0 || !is_host(rest.substr(0, end))) return std::nullopt;
  auto parts = split_at_query(rest.substr(end));
  if (parts) parts->scheme = scheme;
  return parts;
}

}  // namespace assay::wire
