#include "harness/load/socket/url.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace assay::load {
namespace {

// Nothing: another scheme, or none.
std::optional<Scheme> scheme_of(std::string_view text) {
  if (text.substr(0, 7) == "http://") return Scheme::http;
  if (text.substr(0, 8) == "https://") return Scheme::https;
  return std::nullopt;
}

bool is_visible(char byte) { return byte > ' ' && byte < '\x7f'; }

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || stop != end || port == 0) return std::nullopt;
  return port;
}

std::string target_of(std::string_view rest) {
  rest = rest.substr(0, rest.find('#'));
  if (rest.empty()) return "/";
  return rest.front() == '?' ? "/" + std::string(rest) : std::string(rest);
}

// Where the host ends: at the bracket that closes an IPv6 address, else at the port's colon.
std::size_t host_length(std::string_view place) {
  if (place.empty() || place.front() != '[') return std::min(place.find(':'), place.size());
  const std::size_t bracket = place.find(']');
  return bracket == std::string_view::npos ? 0 : bracket + 1;
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  const std::optional<Scheme> scheme = scheme_of(text);
  if (!scheme) return LoadError::not_a_url(text, "it does not start with http:// or https://");
  if (!std::all_of(text.begin(), text.end(), is_visible)) {
    return LoadError::not_a_url(text, "it has a space or a byte that must be written as %XX");
  }
  const std::string_view rest = text.substr(text.find("://") + 3);
  const std::string_view place = rest.substr(0, rest.find_first_of("/?#"));
  if (place.find('@') != std::string_view::npos) {
    return LoadError::not_a_url(text, "it names a user, and no password is sent");
  }
  const std::size_t length = host_length(place);
  std::string_view host = place.substr(0, length);
  if (!host.empty() && host.front() == '[') host = host.substr(1, host.size() - 2);
  if (host.empty()) return LoadError::not_a_url(text, "it names no host");
  Url url{std::string(host), usual_port(*scheme), target_of(rest.substr(place.size())), *scheme};
  const std::string_view tail = place.substr(length);
  if (tail.empty()) return url;
  const auto port = tail.front() == ':' ? parse_port(tail.substr(1)) : std::nullopt;
  if (!port) return LoadError::not_a_url(text, "its port is not a number from 1 to 65535");
  url.port = *port;
  return url;
}

std::string authority(std::string_view host, std::uint16_t port, Scheme scheme) {
  const bool is_ipv6 = host.find(':') != std::string_view::npos;
  const std::string name = is_ipv6 ? fmt::format("[{}]", host) : std::string(host);
  return port == usual_port(scheme) ? name : fmt::format("{}:{}", name, port);
}

}  // namespace assay::load
