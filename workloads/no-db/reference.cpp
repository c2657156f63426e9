// What kv answers for a key that it has, by a handler that keeps nothing.
#include <string>

#include "server/app/app.h"

namespace assay::workloads::no_db {

void routes(App& app) {
  app.get("/no-db/{key}", [](Path<"key"> key) { return "Found: " + *key + ", counter=0\n"; });
}

}  // namespace assay::workloads::no_db
