// A server under one execution model: it has its listening sockets, and serves until it is stopped.
//
// `serve` calls `ready` once all that it needs has started, and blocks until `stop` was called and
// what was being answered is answered, or the drain limit is over. `stop` may be called from any
// thread, once; everything else belongs to the thread that calls `serve`. Settings, listeners and
// handler outlive the server. REQUIRES: the process ignores SIGPIPE, as serving.h does for a
// program.
#pragma once
#include <functional>
#include <memory>

#include "server/runtime/listener.h"
#include "server/runtime/settings.h"
#include "server/wire/connection.h"

namespace assay::runtime {

class Server {
 public:
  virtual ~Server() = default;
  virtual void serve(const std::function<void()>& ready) = 0;  // throws StartError
  void serve() {
    serve([] {});
  }
  virtual void stop() = 0;
};

// REQUIRES: a model other than `fork`, which is one server of the model `loop` in each process.
// Throws StartError.
std::unique_ptr<Server> make_server(const Settings& settings, const Listeners& listeners,
                                    wire::Handler& handler);

}  // namespace assay::runtime
