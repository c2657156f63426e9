#include "server/wire/request_target.h"

#include <algorithm>
#include <cstddef>

namespace assay::wire {
namespace {

RequestTarget split_at_query(std::string_view target) {
  const std::size_t mark = std::min(target.find('?'), target.size());
  const std::size_t query = std::min(mark + 1, target.size());
  const std::string_view path = target.substr(0, mark);
  // RFC 9110, 4.2.3: in absolute form an empty path means "/".
  return {path.empty() ? "/" : path, target.substr(query)};
}

}  // namespace

std::optional<RequestTarget> parse_target(const RequestHead& head) {
  const std::string_view target = head.target;
  if (target.starts_with('/')) return split_at_query(target);
  if (target == "*" && head.method == Method::options) return RequestTarget{target, {}};

  constexpr std::string_view scheme = "http://";  // schemes have no case (RFC 9110, 4.2.3)
  if (!same_name(target.substr(0, scheme.size()), scheme)) return std::nullopt;
  const std::string_view rest = target.substr(scheme.size());
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  const std::string_view authority = rest.substr(0, end);
  // RFC 9110, 4.2.4: a user name before the host is there to deceive.
  if (authority.empty() || authority.find_first_of(",#@\\") != authority.npos) return std::nullopt;
  return split_at_query(rest.substr(end));
}

}  // namespace assay::wire
