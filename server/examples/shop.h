// A small shop that uses every kind of argument and result there is: for readers, and for tests
// that ask an application as a stranger would.
#pragma once
#include "server/app/app.h"

namespace assay::shop {

void add_routes(App& app);

}  // namespace assay::shop
