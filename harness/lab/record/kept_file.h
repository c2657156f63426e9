// The files that a run leaves, and the form of each as JSON Schema (2020-12), made from the typed
// models that write them. Pure; any thread.
#pragma once
#include <string>

namespace assay::lab {

// result.json; one line of journal.ndjson; run.json.
enum class KeptFile { result, journal, beginning };

// Indented, with a newline at its end: as `results/schema/` holds it.
std::string schema_of(KeptFile file);

}  // namespace assay::lab
