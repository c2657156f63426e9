// For tests: the application of assay-server, asked without a socket.
#pragma once
#include <string>
#include <utility>

#include "server/app/client.h"
#include "server/program/app_storage.h"
#include "workloads/routes.h"

namespace assay::workloads {

class ReferenceServer {
 public:
  explicit ReferenceServer(storage::Settings settings = {}) : storage_(app_, std::move(settings)) {
    add_routes(app_);
    storage_.open();
  }
  App& app() { return app_; }

 private:
  App app_;
  AppStorage storage_;
};

// "200 body"
inline std::string brief(const ClientReply& reply) {
  return std::to_string(reply.status) + " " + reply.body;
}

}  // namespace assay::workloads
