// The value of a Content-Type field: type, subtype, parameters (RFC 9110, 8.3.1).
//
// Views into the text, which must outlive it; pure, any thread, allocates nothing but an escaped
// parameter's value. Types and the names of parameters are compared without regard to case. Refuses
// what the grammar does not allow, and a parameter that is given twice.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace assay::forms {

class MediaType {
 public:
  static std::optional<MediaType> parse(std::string_view text);

  std::string_view type() const { return type_; }        // "application", as sent
  std::string_view subtype() const { return subtype_; }  // "problem+json", as sent
  // The value without quotes and escapes; nothing where there is no such parameter.
  std::optional<std::string> parameter(std::string_view name) const;

 private:
  MediaType() = default;

  std::string_view type_;
  std::string_view subtype_;
  std::string_view parameters_;  // from the first semicolon on
};

// Whether it is what the pattern says: "application/json", "text/*", "application/*+json", "*/*".
// The suffix alone is no match: application/json is not application/*+json.
bool is(const MediaType& media, std::string_view pattern);

// The same for the value of a Content-Type; false where that is malformed.
bool is(std::string_view content_type, std::string_view pattern);

}  // namespace assay::forms
