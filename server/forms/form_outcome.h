// For tests and fuzzing: what becomes of a form, as one line of text that can be compared.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/forms/form.h"
#include "server/forms/form_limits.h"
#include "server/forms/form_reader.h"

namespace assay::forms {

// "name=value" of each field, then "name=[filename|type|content]" of each file, by spaces.
std::string shown(const FormData& form);

// The form from all pieces, shown; or the error's status and sentence.
std::string outcome(std::string_view content_type, const std::vector<std::string_view>& pieces,
                    const FormLimits& limits);

std::vector<std::string_view> pieces_of(std::string_view body, std::size_t size);

}  // namespace assay::forms
