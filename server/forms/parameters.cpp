#include "server/forms/parameters.h"

#include <cstddef>

#include "server/wire/characters.h"

namespace assay::forms {
namespace {

void skip_blanks(std::string_view& rest) {
  while (!rest.empty() && wire::is_blank(rest.front())) rest.remove_prefix(1);
}

std::string_view take_token(std::string_view& rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), wire::is_token_character);
  const std::string_view token(rest.data(), static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(token.size());
  return token;
}

// What stands in quotes, or false. REQUIRES: rest starts with a quotation mark
bool take_quoted(std::string_view& rest, std::string_view& value) {
  for (std::size_t at = 1; at < rest.size() && wire::is_text(rest[at]); ++at) {
    if (rest[at] == '"') {
      value = rest.substr(1, at - 1);
      rest.remove_prefix(at + 1);
      return true;
    }
    const bool escapes = rest[at] == '\\' && at + 1 < rest.size() && wire::is_text(rest[at + 1]);
    if (escapes) ++at;
  }
  return false;
}

bool take_value(std::string_view& rest, std::string_view& value) {
  if (rest.starts_with('"')) return take_quoted(rest, value);
  value = take_token(rest);
  return !value.empty();
}

bool take_parameter(std::string_view& rest, Parameter& parameter) {
  parameter.name = take_token(rest);
  if (parameter.name.empty() || !rest.starts_with('=')) return false;
  rest.remove_prefix(1);
  return take_value(rest, parameter.value);  // what may follow it, the next call knows
}

}  // namespace

NextParameter next_parameter(std::string_view& rest, Parameter& parameter) {
  skip_blanks(rest);
  while (rest.starts_with(';')) {
    rest.remove_prefix(1);
    skip_blanks(rest);
    if (rest.empty() || rest.front() == ';') continue;
    return take_parameter(rest, parameter) ? NextParameter::found : NextParameter::malformed;
  }
  return rest.empty() ? NextParameter::none : NextParameter::malformed;
}

}  // namespace assay::forms
