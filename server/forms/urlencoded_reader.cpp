#include "server/forms/urlencoded_reader.h"

#include <cstddef>

#include "server/wire/percent_decoding.h"
#include "server/wire/query.h"

namespace assay::forms {

std::optional<FormError> UrlencodedReader::take(std::string_view bytes, FieldList& fields,
                                                const FormLimits& limits) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('&');
    if (const auto error = hold(bytes.substr(0, end), fields, limits)) return error;
    if (end == bytes.npos) return std::nullopt;
    bytes.remove_prefix(end + 1);
    if (const auto error = this->end(fields, limits)) return error;
  }
  return std::nullopt;
}

// Three bytes stand for one at most, and one is the "=": what is longer cannot fit once decoded.
std::optional<FormError> UrlencodedReader::hold(std::string_view bytes, const FieldList& fields,
                                                const FormLimits& limits) {
  pair_.append(bytes);
  const std::size_t least_decoded = (pair_.size() + 1) / 3;
  if (least_decoded > limits.field_bytes - fields.bytes()) return FormError::fields_too_large;
  return std::nullopt;
}

std::optional<FormError> UrlencodedReader::end(FieldList& fields, const FormLimits& limits) {
  for (const wire::NamedValue& pair : wire::Query(pair_)) {
    const std::string_view name = wire::form_decoded(pair.name, name_scratch_);
    if (const auto error = fields.begin(name, limits)) return error;
    const std::string_view value = wire::form_decoded(pair.value, value_scratch_);
    if (const auto error = fields.append(value, limits)) return error;
    if (const auto error = fields.end()) return error;
  }
  pair_.clear();
  return std::nullopt;
}

}  // namespace assay::forms
