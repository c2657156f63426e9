// The bytes of a file that an option names after its @. Any thread.
#pragma once

#include <string>

#include "harness/load/load_error.h"

namespace assay::load {

Result<std::string> file_content(const std::string& path);
// What an option was given: TEXT, or the bytes of @FILE.
Result<std::string> text_or_file(const std::string& given);

}  // namespace assay::load
