// Any text as a query, a path or a Cookie field: decoded to no more than it was, no pair lost.
//
// The input is the text.
#include "server/wire/query.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "server/wire/cookies.h"
#include "server/wire/percent_decoding.h"
#include "server/wire/set_cookie.h"

namespace {

using assay::wire::Cookies;
using assay::wire::form_decoded;
using assay::wire::is_percent_encoded_well;
using assay::wire::NamedValue;
using assay::wire::percent_decoded;
using assay::wire::percent_encoded;
using assay::wire::Query;

void require(bool promise) {
  if (!promise) std::abort();
}

bool lies_inside(std::string_view part, std::string_view whole) {
  const std::less_equal<> not_after;  // pointers into different objects have no other order
  return not_after(whole.data(), part.data()) &&
         not_after(part.data() + part.size(), whole.data() + whole.size());
}

void decode(std::string_view text) {
  std::string scratch;
  const std::string_view plain = percent_decoded(text, scratch);
  require(plain.size() <= text.size());
  if (text.find('%') == text.npos) require(plain.data() == text.data());
  std::string form(text);
  std::replace(form.begin(), form.end(), '+', ' ');
  const std::string expected(percent_decoded(form, scratch));
  require(form_decoded(text, scratch) == expected);

  const std::string encoded = percent_encoded(text);
  require(percent_decoded(encoded, scratch) == text);
  require(form_decoded(encoded, scratch) == text);
  require(is_percent_encoded_well(encoded) == (text.find('\0') == text.npos));
}

// The parts that are not empty, counted another way than Query does.
std::size_t parts_of(std::string_view text) {
  std::size_t parts = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '&' && (at == 0 || text[at - 1] == '&')) ++parts;
  }
  return parts;
}

void read_query(std::string_view text) {
  std::size_t pairs = 0;
  std::size_t bytes = 0;
  for (const NamedValue& pair : Query(text)) {
    require(lies_inside(pair.name, text) && lies_inside(pair.value, text));
    require(pair.name.find('=') == pair.name.npos);
    const auto after_name =
        static_cast<std::size_t>(pair.name.data() - text.data()) + pair.name.size();
    const bool has_equals = after_name < text.size() && text[after_name] == '=';
    bytes += pair.name.size() + (has_equals ? 1 : 0) + pair.value.size();
    ++pairs;
  }
  require(pairs == parts_of(text));
  require(bytes + static_cast<std::size_t>(std::count(text.begin(), text.end(), '&')) ==
          text.size());
}

// Finds each pair again by its name, among the first few: the time is quadratic.
void find_pairs(std::string_view text) {
  std::string scratch;
  std::size_t left = 16;
  for (const NamedValue& pair : Query(text)) {
    if (left-- == 0) return;
    const std::string name(form_decoded(pair.name, scratch));
    const std::string value(form_decoded(pair.value, scratch));
    std::optional<std::string> first;
    bool is_among_them = false;
    Query(text).each(name, scratch, [&](std::string_view found) {
      if (!first) first = found;
      is_among_them = is_among_them || found == value;
    });
    require(is_among_them && Query(text).first(name, scratch) == first);
  }
}

// The parts that are a cookie, counted another way than Cookies does: "=" after something to see.
std::ptrdiff_t cookies_of(std::string_view text) {
  std::ptrdiff_t cookies = 0;
  bool is_named = false;
  bool is_over = false;  // the name of this part
  for (const char c : text) {
    if (c == '=' && !is_over && is_named) ++cookies;
    is_over = (is_over || c == '=') && c != ';';
    is_named = (is_named || (c != ' ' && c != '\t')) && c != ';';
  }
  return cookies;
}

void read_cookies(std::string_view text) {
  const Cookies cookies(text);
  require(std::distance(cookies.begin(), cookies.end()) == cookies_of(text));
  for (const auto& [name, value] : cookies) {
    require(!name.empty() && lies_inside(name, text) && name.find_first_of(";=") == name.npos);
    require(value.empty() || (lies_inside(value, text) && value.find(';') == value.npos));
  }
  if (cookies.begin() == cookies.end()) return;
  require(cookies.find(cookies.begin()->name) == cookies.begin()->value);
}

// What we set, a browser sends back as it is, and it is read as it was meant.
void set_cookie(std::string_view text) {
  const std::size_t cut = text.size() / 2;
  const assay::wire::SetCookie cookie{.name = std::string(text.substr(0, cut)),
                                      .value = std::string(text.substr(cut))};
  const auto field_value = set_cookie_value(cookie);
  if (!field_value) return;
  require(std::count(field_value->begin(), field_value->end(), ';') == 2);  // Path, SameSite
  require(field_value->find_first_of("\r\n") == field_value->npos);
  const std::string sent = field_value->substr(0, field_value->find(';'));
  require(Cookies(sent).find(cookie.name) == cookie.value);
  require(++Cookies(sent).begin() == Cookies(sent).end());
}

void set_cookie_for(std::string_view path) {
  const assay::wire::SetCookie cookie{
      .name = "a", .path = std::string(path), .domain = std::string(path)};
  const auto field_value = set_cookie_value(cookie);
  if (!field_value) return;
  require(std::count(field_value->begin(), field_value->end(), ';') == (path.empty() ? 1 : 3));
  require(field_value->find_first_of("\r\n") == field_value->npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  decode(text);
  read_query(text);
  find_pairs(text);
  read_cookies(text);
  set_cookie(text);
  set_cookie_for(text);
  return 0;
}
