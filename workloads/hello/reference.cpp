// The least that a handler can do.
#include "server/app/app.h"

namespace assay::workloads::hello {

void routes(App& app) {
  app.get("/hello", [] { return "Hello, World!"; });
}

}  // namespace assay::workloads::hello
