#include "server/forms/form_outcome.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace assay::forms {
namespace {

std::string shown(FormError error) {
  return std::to_string(status_of(error)) + ' ' + std::string(text_of(error));
}

}  // namespace

std::string shown(const FormData& form) {
  std::string text;
  for (const FormField& field : form.fields) text += ' ' + field.name + '=' + field.value;
  for (const auto& [name, file] : form.files) {
    text += ' ' + name + "=[" + file.filename() + '|' + file.type() + '|';
    file.for_each_piece([&text](std::string_view piece) { text += piece; });
    text += ']';
  }
  return text.empty() ? text : text.substr(1);
}

std::string outcome(std::string_view content_type, const std::vector<std::string_view>& pieces,
                    const FormLimits& limits) {
  auto made = FormReader::of(content_type, limits);
  if (const FormError* error = std::get_if<FormError>(&made)) return shown(*error);
  auto& reader = std::get<FormReader>(made);
  for (const std::string_view piece : pieces) {
    if (const std::optional<FormError> error = reader.take(piece)) return shown(*error);
  }
  const auto form = reader.finish();
  if (const FormError* error = std::get_if<FormError>(&form)) return shown(*error);
  return shown(std::get<FormData>(form));
}

std::vector<std::string_view> pieces_of(std::string_view body, std::size_t size) {
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at < body.size(); at += size) pieces.push_back(body.substr(at, size));
  return pieces;
}

}  // namespace assay::forms
