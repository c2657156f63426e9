// The head of one part of a form: what Content-Disposition and its neighbours say (RFC 7578, 4).
//
// Pure; any thread. Names come as browsers write them: %22, %0D and %0A stand for a quotation mark
// and the line ends (WHATWG HTML, 4.10.21.8), other escapes for themselves; older clients escape a
// quotation mark or a backslash by a backslash. `filename*` is no part of a form and is ignored.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "server/forms/form_error.h"

namespace assay::forms {

struct PartHead {
  std::string name;                     // UTF-8
  std::optional<std::string> filename;  // UTF-8, as sent, with its folders; what makes it a file
  std::string type = "text/plain";      // RFC 7578, 4.4
};

// `text` is all lines of the head, each with its CR LF, without the empty line at the end.
std::variant<PartHead, FormError> parse_part_head(std::string_view text, std::size_t field_limit);

}  // namespace assay::forms
