// What a server is told when it starts. Plain data, read by every thread, changed by none.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "server/runtime/port_sharing.h"
#include "server/wire/limits.h"

namespace assay::runtime {

// Who runs the handlers, and which connections it has at once.
enum class Model : std::uint8_t {
  loop,         // each worker an event loop with connections of its own
  pool,         // event loops for input and output, worker threads for handlers
  pinned,       // a worker thread has one connection until it closes
  per_request,  // the same, and every reply closes
  thread,       // a thread for each connection
  fork,         // each worker a process with an event loop
};

struct Settings {
  Model model = Model::loop;
  std::size_t workers = 1;
  std::size_t loops = 1;  // of the model `pool`

  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;                 // 0: any free one
  std::string unix_path{};                   // not empty: a Unix socket instead of host and port
  bool share_port = listeners_share_a_port;  // false: one worker accepts for all
  bool tcp_no_delay = true;
  std::string tls_certificate{};  // files in PEM; both or neither
  std::string tls_key{};

  // 0: none. They are looked at every `sweep_period`, and are late by as much.
  std::chrono::milliseconds header_limit{10'000};  // from a request's first byte to its head's last
  // From there to its body's last byte; a long one that comes in at `body_pace` or faster has
  // longer.
  std::chrono::milliseconds body_limit{30'000};
  std::uint64_t body_pace = std::uint64_t{16} * 1024;  // bytes a second; 0: none has longer
  std::chrono::milliseconds idle_limit{60'000};        // between requests
  std::chrono::milliseconds write_limit{30'000};       // in which the peer takes no byte of a reply
  std::chrono::milliseconds request_limit{300'000};    // from its first byte to its reply's last
  // At shutdown, for what is being answered; 0: at once.
  std::chrono::milliseconds drain_limit{10'000};
  std::chrono::milliseconds sweep_period{1000};

  std::string access_log{};  // the file for a line on each reply; "-": standard output; empty: none

  std::size_t connections = 0;  // at once, in all; 0: as many as the system's limit on files allows
  wire::Limits limits{};
};

}  // namespace assay::runtime
