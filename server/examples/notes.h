// Notes kept in a database: an application that uses the key-value store, SQL, and both in one
// transaction. For readers, and for the tests that kill it.
#pragma once
#include "server/app/app.h"

namespace assay::notes {

// REQUIRES: the application was given a storage::Database and a storage::Store, not yet open.
void add_routes(App& app);

}  // namespace assay::notes
