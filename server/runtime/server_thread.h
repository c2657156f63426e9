// For tests: a server of any model but `fork`, in a thread of this process, for a handler of the
// test. From construction, when all of it has started, to destruction.
#pragma once
#include <cstdint>
#include <memory>
#include <thread>

#include "server/runtime/listener.h"
#include "server/runtime/server.h"
#include "server/runtime/settings.h"

namespace assay::runtime {

class ServerThread {
 public:
  ServerThread(const Settings& settings, wire::Handler& handler);
  ~ServerThread() { end(); }
  ServerThread(const ServerThread&) = delete;
  ServerThread& operator=(const ServerThread&) = delete;

  void stop() { server_->stop(); }
  void end();  // when it has answered, nobody listens there any more
  std::uint16_t port() const { return port_; }

 private:
  const Settings settings_;
  std::unique_ptr<Listeners> listeners_;
  std::uint16_t port_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

}  // namespace assay::runtime
