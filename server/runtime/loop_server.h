// The execution model `loop`: N event loops, each on its own thread with its own connections.
//
// On Linux each loop accepts for itself (SO_REUSEPORT spreads connections); elsewhere the first
// accepts and hands them round. What cannot be had at the start - files, the port, threads - is
// said by a StartError. `serve` blocks until `stop`, which any thread may call.
#pragma once
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/runtime/event_loop.h"
#include "server/runtime/settings.h"

namespace assay::runtime {

// Why the server cannot start, as a sentence for whoever started it.
class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// "127.0.0.1:8080", or "[::1]:8080": as it stands in a URL.
std::string address_text(const std::string& host, std::uint16_t port);

class LoopServer {
 public:
  LoopServer(const Settings& settings, wire::Handler& handler);  // throws StartError
  std::uint16_t listen();                                        // throws StartError
  void serve();                                                  // throws StartError
  void stop();

 private:
  const Settings& settings_;
  std::vector<std::unique_ptr<EventLoop>> loops_;
};

}  // namespace assay::runtime
