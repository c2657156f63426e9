// Two runs beside each other as tables for the terminal, within 100 columns. Pure; any thread.
#pragma once
#include <string>

#include "harness/lab/record/compare_record.h"

namespace assay::lab {

std::string text(const RunComparison& comparison);

}  // namespace assay::lab
