// Whether two values of JSON are the same, however they are written.
//
// Members of an object may come in any order. Whole numbers are the same when their value is, to
// the last digit (1, 1.0, 1e0); fractions when they round to the same double, since servers print
// one double as 0.1 or 0.10000000000000001. Texts are compared without their escapes. Pure; any
// thread.
#pragma once

#include <cstdint>

#include "harness/load/reply/json_document.h"

namespace assay::load {

bool is_same(const JsonNode& left, const JsonNode& right);
bool has_equals(const JsonNode& array);  // elements, two of them

}  // namespace assay::load
