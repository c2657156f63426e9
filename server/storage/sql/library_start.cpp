#include "server/storage/sql/library_start.h"

#include <sqlite3.h>

namespace assay::storage {

void start_library() {
  // Refused, and no harm, where SQLite is in use already.
  [[maybe_unused]] static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

}  // namespace assay::storage
