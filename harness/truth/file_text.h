// A file as one string. Any thread.
#pragma once

#include <string>

#include "harness/truth/truth_error.h"

namespace assay::truth {

Result<std::string> file_text(const std::string& path);

}  // namespace assay::truth
