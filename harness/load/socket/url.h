// A URL that load can be put on: http or https, a host, perhaps a port, a target. Pure; any thread.
//
// Refuses what would be understood in two ways: user names, spaces and control bytes, a port out of
// range. A fragment is no part of a request and is left out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/load/load_error.h"

namespace assay::load {

enum class Scheme { http, https };
constexpr std::uint16_t usual_port(Scheme scheme) { return scheme == Scheme::https ? 443 : 80; }

struct Url {
  std::string host;  // without the brackets of an IPv6 address
  std::uint16_t port = 80;
  std::string target = "/";  // path and query, as they go into the request line
  Scheme scheme = Scheme::http;
};

Result<Url> parse_url(std::string_view text);

// As the Host field names it: with brackets if need be, without the port that goes without saying.
std::string authority(std::string_view host, std::uint16_t port, Scheme scheme = Scheme::http);

}  // namespace assay::load
