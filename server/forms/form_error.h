// Why a form is not taken, with the status that says so and one sentence for whoever sent it.
//
// An enum and no text until the reply is built; pure, any thread. All are the peer's fault but
// `no_room`: a caller may answer that one with 503 instead, where it will pass.
#pragma once
#include <cstdint>
#include <string_view>

namespace assay::forms {

enum class FormError : std::uint8_t {
  type_unsupported,      // 415: neither of the two types of a form
  charset_unsupported,   // 415: a form in another charset than UTF-8
  encoding_unsupported,  // 415: a part in base64 or the like
  boundary_invalid,      // 400: missing from the Content-Type, or no boundary of RFC 2046
  delimiter_malformed,   // 400: a line that starts with the boundary, and goes on otherwise
  part_head_malformed,   // 400
  name_missing,          // 400: a part without a Content-Disposition of form-data that names it
  unfinished,            // 400: it ended before its closing boundary
  not_utf8,              // 422: a name or a text
  part_head_too_large,   // 413
  margin_too_large,      // 413: before the first boundary, or after the last
  too_many_fields,       // 413
  too_many_files,        // 413
  fields_too_large,      // 413
  file_too_large,        // 413
  form_too_large,        // 413
  no_room,               // 507: neither memory nor disk for a file
};

int status_of(FormError error);

// One sentence, as "the form has too many files".
std::string_view text_of(FormError error);

}  // namespace assay::forms
