// A server for tests that answers the n-th request as a script says, rightly or wrongly. Blocking
// sockets, a thread per connection, on a free port of 127.0.0.1; ends with its scope.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "harness/load/socket/descriptor.h"

namespace assay::load {

class ScriptedServer {
 public:
  struct Answer {
    // late_reset: once the bytes have come. hold: neither read on nor close
    enum class Then { keep, close, reset, late_reset, hold };
    std::string bytes;
    Then then = Then::keep;
    std::chrono::milliseconds delay{0};  // before the bytes
  };
  // Given the number of the request, from 0, over all connections. Called from many threads.
  using Script = std::function<Answer(std::size_t number)>;
  enum class Reads { requests, heads };  // heads: it answers before it has read a long body

  explicit ScriptedServer(Script script, Reads reads = Reads::requests);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::size_t requests() const { return requests_; }
  std::size_t connections() const { return connections_; }
  std::string last_request() const;  // head and body

 private:
  void accept_all();
  void serve(Descriptor socket);
  bool is_enough(const std::string& request) const;
  bool answer(const Descriptor& socket, const std::string& request);
  std::string read_request(int socket) const;  // empty: the client has gone, or the test is over
  bool is_readable(int socket) const;          // waits; false when the test is over

  Script script_;
  Reads reads_;
  std::uint16_t port_ = 0;
  std::atomic<bool> over_{false};
  std::atomic<std::size_t> requests_{0};
  std::atomic<std::size_t> connections_{0};
  Descriptor listener_;
  mutable std::mutex mutex_;  // guards last_request_
  std::string last_request_;
  std::vector<std::thread> threads_;  // of connections; touched by acceptor_ alone until it ends
  std::thread acceptor_;
};

// A reply of 200 with a Content-Length.
std::string right_reply(const std::string& body, const std::string& extra_fields = "");

}  // namespace assay::load
