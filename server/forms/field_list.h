// The text fields of one form as they arrive, within their limits.
//
// Belongs to one FormReader. A field's value may come in pieces. Names and values have to be UTF-8.
// REQUIRES: begin, append as often as needed, end; nothing more after an error.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/forms/form.h"
#include "server/forms/form_error.h"
#include "server/forms/form_limits.h"

namespace assay::forms {

class FieldList {
 public:
  std::optional<FormError> begin(std::string_view name, const FormLimits& limits);
  std::optional<FormError> append(std::string_view piece, const FormLimits& limits);
  std::optional<FormError> end();

  std::size_t bytes() const { return bytes_; }  // of all names and values
  std::vector<FormField> take() { return std::move(fields_); }

 private:
  std::vector<FormField> fields_;
  std::size_t bytes_ = 0;
};

}  // namespace assay::forms
