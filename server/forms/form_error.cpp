#include "server/forms/form_error.h"

namespace assay::forms {

int status_of(FormError error) {
  switch (error) {
    case FormError::type_unsupported:
    case FormError::charset_unsupported:
    case FormError::encoding_unsupported: return 415;
    case FormError::boundary_invalid:
    case FormError::delimiter_malformed:
    case FormError::part_head_malformed:
    case FormError::name_missing:
    case FormError::unfinished: return 400;
    case FormError::not_utf8: return 422;
    case FormError::part_head_too_large:
    case FormError::margin_too_large:
    case FormError::too_many_fields:
    case FormError::too_many_files:
    case FormError::fields_too_large:
    case FormError::file_too_large:
    case FormError::form_too_large: return 413;
    case FormError::no_room: return 507;
  }
  return 400;
}

std::string_view text_of(FormError error) {
  switch (error) {
    case FormError::type_unsupported:
      return "the body must be multipart/form-data or application/x-www-form-urlencoded";
    case FormError::charset_unsupported: return "a form must be UTF-8";
    case FormError::encoding_unsupported:
      return "a part of a form must be sent as it is, without a Content-Transfer-Encoding";
    case FormError::boundary_invalid:
      return "the Content-Type needs a boundary of 1 to 70 characters that RFC 2046 allows";
    case FormError::delimiter_malformed:
      return "a line starts with the form's boundary and is no boundary";
    case FormError::part_head_malformed: return "the fields at the head of a part are malformed";
    case FormError::name_missing:
      return "each part of a form needs a Content-Disposition of form-data with a name";
    case FormError::unfinished: return "the form ends before its closing boundary";
    case FormError::not_utf8: return "a name or a text of the form is not UTF-8";
    case FormError::part_head_too_large: return "the head of a part is too large";
    case FormError::margin_too_large: return "there is too much outside of the form's boundaries";
    case FormError::too_many_fields: return "the form has too many fields";
    case FormError::too_many_files: return "the form has too many files";
    case FormError::fields_too_large: return "the texts of the form are too large";
    case FormError::file_too_large: return "a file of the form is too large";
    case FormError::form_too_large: return "the form is too large";
    case FormError::no_room: return "there is no room for the files of the form";
  }
  return "the form is malformed";
}

}  // namespace assay::forms
