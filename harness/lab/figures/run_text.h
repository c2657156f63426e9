// A run's figures as a table for the terminal. Pure; any thread.
#pragma once
#include <string>

#include "harness/lab/record/result.h"

namespace assay::lab {

std::string text(const RunResult& result);

}  // namespace assay::lab
