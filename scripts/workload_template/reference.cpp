// The new-workload workload: a typed greeting, built anew for each request.
#include <string>
#include <tuple>

#include "server/app/app.h"

namespace assay::workloads::new_workload {

using model::field;

struct Greeting {
  std::string message;
  static constexpr auto model() { return std::tuple{field<"message">(&Greeting::message)}; }
};

void routes(App& app) {
  app.get("/new-workload", [] { return Greeting{"Hello from new-workload"}; });
}

}  // namespace assay::workloads::new_workload
