#include "server/forms/field_list.h"

#include <string>

#include "server/model/utf8.h"

namespace assay::forms {

std::optional<FormError> FieldList::begin(std::string_view name, const FormLimits& limits) {
  if (fields_.size() >= limits.fields) return FormError::too_many_fields;
  if (name.size() > limits.field_bytes - bytes_) return FormError::fields_too_large;
  if (!model::is_utf8(name)) return FormError::not_utf8;
  bytes_ += name.size();
  fields_.push_back({std::string(name), {}});
  return std::nullopt;
}

std::optional<FormError> FieldList::append(std::string_view piece, const FormLimits& limits) {
  if (piece.size() > limits.field_bytes - bytes_) return FormError::fields_too_large;
  bytes_ += piece.size();
  fields_.back().value.append(piece);
  return std::nullopt;
}

std::optional<FormError> FieldList::end() {
  if (!model::is_utf8(fields_.back().value)) return FormError::not_utf8;
  return std::nullopt;
}

}  // namespace assay::forms
