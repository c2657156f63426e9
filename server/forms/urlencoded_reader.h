// A body of application/x-www-form-urlencoded, "a=1&b=2", as it arrives (WHATWG URL, 5.1).
//
// Belongs to one FormReader. Reads as wire::Query does: a part without "=" has an empty value, an
// empty part is none, and a "%" without two hex digits stands for itself. Holds the pair that is
// arriving, encoded: at most three times what field_bytes leaves for it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/forms/field_list.h"
#include "server/forms/form_error.h"
#include "server/forms/form_limits.h"

namespace assay::forms {

class UrlencodedReader {
 public:
  std::optional<FormError> take(std::string_view bytes, FieldList& fields,
                                const FormLimits& limits);
  std::optional<FormError> end(FieldList& fields, const FormLimits& limits);

 private:
  std::optional<FormError> hold(std::string_view bytes, const FieldList& fields,
                                const FormLimits& limits);

  std::string pair_;
  std::string name_scratch_;
  std::string value_scratch_;
};

}  // namespace assay::forms
