// The routes of every workload in this checkout; CMake finds them and writes the definition.
#pragma once
#include "server/app/app.h"

namespace assay::workloads {

void add_routes(App& app);

}  // namespace assay::workloads
