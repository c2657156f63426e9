#include "server/storage/policies/connection_source.h"

#include "server/storage/policies/connection_pool.h"
#include "server/storage/policies/per_request.h"
#include "server/storage/policies/per_thread.h"
#include "server/storage/policies/single_thread.h"

namespace assay::storage {

std::unique_ptr<ConnectionSource> make_connection_source(const ConnectionSource::Ground& ground,
                                                         Writer& writer) {
  switch (ground.settings.policy) {
    case Policy::per_request: return std::make_unique<PerRequest>(ground);
    case Policy::pool: return std::make_unique<ConnectionPool>(ground);
    case Policy::single: return std::make_unique<SingleThread>(ground, writer);
    case Policy::per_thread: break;
  }
  return std::make_unique<PerThread>(ground);
}

}  // namespace assay::storage
