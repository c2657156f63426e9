// What a form holds: its text fields and its files, each in the order in which they came.
//
// Plain data; names may occur several times, and are compared byte by byte.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/forms/upload.h"

namespace assay::forms {

struct FormField {
  std::string name;
  std::string value;  // UTF-8
};

struct UploadedPart {
  std::string name;
  Upload file;
};

struct FormData {
  std::vector<FormField> fields;
  std::vector<UploadedPart> files;

  // The first of this name, or null.
  const std::string* field(std::string_view name) const;
  const Upload* file(std::string_view name) const;
  Upload* file(std::string_view name);  // to move it out
  // All of this name; valid as long as the form.
  std::vector<std::string_view> all_fields(std::string_view name) const;
  std::vector<const Upload*> all_files(std::string_view name) const;
};

}  // namespace assay::forms
