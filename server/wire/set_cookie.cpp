#include "server/wire/set_cookie.h"

#include <algorithm>
#include <string_view>

#include "server/wire/characters.h"

namespace assay::wire {
namespace {

bool is_visible(char c) { return c > ' ' && c < 0x7F; }  // in ASCII alone

bool holds(std::string_view set, char c) { return set.find(c) != set.npos; }

bool is_cookie_value(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_visible(c) && !holds("\",;\\", c); });
}

bool is_attribute_value(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (is_visible(c) || c == ' ') && c != ';'; });
}

bool is_sound(const SetCookie& cookie) {
  const bool is_dropped = cookie.same_site == SameSite::none && !cookie.secure;
  return is_token(cookie.name) && is_cookie_value(cookie.value) &&
         is_attribute_value(cookie.path) && is_attribute_value(cookie.domain) && !is_dropped;
}

std::string_view attribute_of(SameSite same_site) {
  switch (same_site) {
    case SameSite::lax: return "; SameSite=Lax";
    case SameSite::strict: return "; SameSite=Strict";
    case SameSite::none: return "; SameSite=None";
    default: return "";
  }
}

}  // namespace

std::optional<std::string> set_cookie_value(const SetCookie& cookie) {
  if (!is_sound(cookie)) return std::nullopt;
  std::string text = cookie.name + "=" + cookie.value;
  if (!cookie.path.empty()) text.append("; Path=").append(cookie.path);
  if (!cookie.domain.empty()) text.append("; Domain=").append(cookie.domain);
  if (cookie.max_age) {
    // The grammar has no sign, and what is over is over.
    const auto seconds = std::max(cookie.max_age->count(), std::chrono::seconds::rep{0});
    text.append("; Max-Age=").append(std::to_string(seconds));
  }
  if (cookie.secure) text += "; Secure";
  if (cookie.http_only) text += "; HttpOnly";
  text += attribute_of(cookie.same_site);
  return text;
}

}  // namespace assay::wire
