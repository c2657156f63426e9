// The value of a Set-Cookie field (RFC 6265, 4.1).
//
// Pure; any thread. Refuses what would end the value early, add an attribute or a field, or be
// dropped by a browser without a word; whoever has such a value encodes it first (percent_encoded).
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace assay::wire {

enum class SameSite : std::uint8_t { unspecified, lax, strict, none };

// The braces let an initializer name the members it needs; gcc warns of the others without them.
struct SetCookie {
  std::string name{};
  std::string value{};
  std::string path = "/";                         // empty: the folder of the request's path
  std::string domain{};                           // empty: this host alone
  std::optional<std::chrono::seconds> max_age{};  // none: until the browser ends; 0: delete it
  bool secure = false;
  bool http_only = false;
  SameSite same_site = SameSite::lax;
};

// Nothing if the name is not a token; the value holds a control, space, quote, comma, semicolon,
// backslash or anything beyond ASCII; path or domain a control, a semicolon or anything beyond
// ASCII; or SameSite=None comes without Secure.
std::optional<std::string> set_cookie_value(const SetCookie& cookie);

}  // namespace assay::wire
