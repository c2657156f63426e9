// A server for tests of the stream: hands each accepted socket to a function, in a thread of its
// own. On a free port of 127.0.0.1, or at a Unix socket; ends with its scope, and cuts then what
// still waits. SIGPIPE is blocked in its threads alone, so that a test may see that of the client.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "harness/load/socket/address.h"
#include "harness/load/socket/descriptor.h"
#include "harness/load/socket/target.h"

namespace assay::load {

class SocketServer {
 public:
  using Conduct = std::function<void(int socket)>;  // blocking; closed when it returns

  explicit SocketServer(Conduct conduct, const std::string& unix_path = {});
  ~SocketServer();
  SocketServer(const SocketServer&) = delete;
  SocketServer& operator=(const SocketServer&) = delete;

  Target target() const;  // plain
  Address address() const;

 private:
  void accept_all();
  void serve(Descriptor socket);

  Conduct conduct_;
  std::string unix_path_;
  std::uint16_t port_ = 0;
  std::atomic<bool> over_{false};
  Descriptor listener_;
  std::mutex mutex_;
  std::set<int> sockets_;             // guarded by mutex_: accepted and not yet closed
  std::vector<std::thread> threads_;  // touched by acceptor_ alone until it ends
  std::thread acceptor_;
};

// Sends a reset instead of an orderly end when the socket is closed.
void close_with_reset(int socket);

}  // namespace assay::load
