// The parameters behind a media type or a disposition: *( OWS ";" OWS [ name "=" value ] ), where a
// value is a token or quoted (RFC 9110, 5.6.6).
//
// Views into the text; pure, any thread, allocates nothing.
#pragma once
#include <cstdint>
#include <string_view>

namespace assay::forms {

struct Parameter {
  std::string_view name;
  std::string_view value;  // between its quotes, escapes as they are
};

enum class NextParameter : std::uint8_t { found, none, malformed };

// Takes one off the front of `rest`.
NextParameter next_parameter(std::string_view& rest, Parameter& parameter);

}  // namespace assay::forms
