// From the JSON of a schema to its rules. Any thread.
#pragma once

#include <vector>

#include "harness/load/load_error.h"
#include "harness/load/reply/json_document.h"
#include "harness/load/reply/schema_rules.h"

namespace assay::load {

// The first are those of the schema itself. They look into `schema`, which must outlive them.
// Refuses, with its place, what is not known, has a value that it cannot have, or refers to itself
// without end.
Result<std::vector<SchemaRules>> read_schema(const JsonNode& schema);

}  // namespace assay::load
