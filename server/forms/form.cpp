#include "server/forms/form.h"

#include <algorithm>

namespace assay::forms {
namespace {

template <class Items>
auto first_of(Items& items, std::string_view name) {
  return std::find_if(items.begin(), items.end(),
                      [name](const auto& item) { return item.name == name; });
}

}  // namespace

const std::string* FormData::field(std::string_view name) const {
  const auto found = first_of(fields, name);
  return found == fields.end() ? nullptr : &found->value;
}

const Upload* FormData::file(std::string_view name) const {
  const auto found = first_of(files, name);
  return found == files.end() ? nullptr : &found->file;
}

Upload* FormData::file(std::string_view name) {
  const auto found = first_of(files, name);
  return found == files.end() ? nullptr : &found->file;
}

std::vector<std::string_view> FormData::all_fields(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const FormField& field : fields) {
    if (field.name == name) values.emplace_back(field.value);
  }
  return values;
}

std::vector<const Upload*> FormData::all_files(std::string_view name) const {
  std::vector<const Upload*> found;
  for (const UploadedPart& part : files) {
    if (part.name == name) found.push_back(&part.file);
  }
  return found;
}

}  // namespace assay::forms
