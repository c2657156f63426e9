#include "server/forms/part_head.h"

#include <array>
#include <utility>

#include "server/forms/media_type.h"
#include "server/forms/parameters.h"
#include "server/model/utf8.h"
#include "server/wire/characters.h"
#include "server/wire/request.h"

namespace assay::forms {
namespace {

using Problem = std::optional<FormError>;

// The fields of a part that mean something; others are checked and dropped (RFC 7578, 4.8).
struct Fields {
  std::optional<std::string_view> disposition;
  std::optional<std::string_view> type;
  std::optional<std::string_view> encoding;
};

std::optional<std::string_view>* field_called(std::string_view name, Fields& fields) {
  if (wire::same_name(name, "content-disposition")) return &fields.disposition;
  if (wire::same_name(name, "content-type")) return &fields.type;
  if (wire::same_name(name, "content-transfer-encoding")) return &fields.encoding;
  return nullptr;
}

bool read_line(std::string_view line, Fields& fields) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos || !wire::is_token(line.substr(0, colon))) return false;
  const std::string_view value = line.substr(colon + 1);
  if (!std::all_of(value.begin(), value.end(), wire::is_text)) return false;
  auto* const field = field_called(line.substr(0, colon), fields);
  if (field == nullptr) return true;
  if (*field) return false;  // of two, another reader may take the other
  *field = wire::trimmed(value);
  return true;
}

Problem read_lines(std::string_view text, std::size_t field_limit, Fields& fields) {
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == field_limit) return FormError::part_head_too_large;
    const std::size_t end = text.find("\r\n");
    if (end == text.npos || !read_line(text.substr(0, end), fields)) {
      return FormError::part_head_malformed;
    }
    text.remove_prefix(end + 2);
  }
  return std::nullopt;
}

// The character that starts the rest, where it is written in several, and how many it takes.
std::pair<char, std::size_t> first_character(std::string_view rest) {
  if (rest.starts_with("\\\"") || rest.starts_with("\\\\")) return {rest[1], 2};
  if (rest.starts_with("%22")) return {'"', 3};
  if (rest.starts_with("%0D")) return {'\r', 3};
  if (rest.starts_with("%0A")) return {'\n', 3};
  return {rest.front(), 1};
}

// A backslash before anything else is one: old browsers send "C:\folder\file".
std::string unescaped(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  while (!value.empty()) {
    const auto [character, length] = first_character(value);
    text += character;
    value.remove_prefix(length);
  }
  return text;
}

// The place of a parameter's value; null for one that means nothing here.
std::optional<std::string>* parameter_called(std::string_view name,
                                             std::optional<std::string>& part_name,
                                             std::optional<std::string>& filename) {
  if (wire::same_name(name, "name")) return &part_name;
  return wire::same_name(name, "filename") ? &filename : nullptr;
}

Problem read_disposition(std::string_view value, PartHead& head) {
  const std::size_t end = std::min(value.find_first_of("; \t"), value.size());
  if (!wire::same_name(value.substr(0, end), "form-data")) return FormError::name_missing;
  std::string_view rest = value.substr(end);
  std::optional<std::string> name;
  Parameter parameter;
  NextParameter next = next_parameter(rest, parameter);
  for (; next == NextParameter::found; next = next_parameter(rest, parameter)) {
    auto* const place = parameter_called(parameter.name, name, head.filename);
    if (place == nullptr) continue;
    if (*place) return FormError::part_head_malformed;
    *place = unescaped(parameter.value);
  }
  if (next == NextParameter::malformed) return FormError::part_head_malformed;
  if (!name) return FormError::name_missing;
  head.name = std::move(*name);
  if (!model::is_utf8(head.name) || !model::is_utf8(head.filename.value_or("")))
    return FormError::not_utf8;
  return std::nullopt;
}

// RFC 7578, 4.7: nobody sends an encoding any more, and some readers no longer look at it.
bool is_sent_as_it_is(std::string_view encoding) {
  for (const std::string_view plain : {"7bit", "8bit", "binary"}) {
    if (wire::same_name(encoding, plain)) return true;
  }
  return false;
}

}  // namespace

std::variant<PartHead, FormError> parse_part_head(std::string_view text, std::size_t field_limit) {
  Fields fields;
  if (const Problem problem = read_lines(text, field_limit, fields)) return *problem;
  if (!fields.disposition) return FormError::name_missing;
  PartHead head;
  if (const Problem problem = read_disposition(*fields.disposition, head)) return *problem;
  if (fields.encoding && !is_sent_as_it_is(*fields.encoding)) {
    return FormError::encoding_unsupported;
  }
  if (fields.type) {
    if (!MediaType::parse(*fields.type)) return FormError::part_head_malformed;
    head.type = *fields.type;
  }
  return head;
}

}  // namespace assay::forms
