// A result.json read back, with its problems as one sentence.
#pragma once
#include <filesystem>

#include "harness/lab/lab_error.h"
#include "harness/lab/record/result.h"

namespace assay::lab {

Result<RunResult> read_result(const std::filesystem::path& path);

}  // namespace assay::lab
