// What a server is told when it starts. Plain data, read by every thread, changed by none.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "server/runtime/port_sharing.h"
#include "server/wire/connection.h"

namespace assay::runtime {

struct Settings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one
  std::size_t workers = 1;
  bool tcp_no_delay = true;
  bool share_port = listeners_share_a_port;  // false: one worker accepts for all
  std::chrono::seconds idle_limit{60};     // a connection that sends nothing for so long is closed
  std::chrono::seconds request_limit{60};  // so long a request may take to arrive, head and body
  std::chrono::seconds drain_limit{10};    // what is being answered at shutdown may take so long
  wire::Limits limits;
};

}  // namespace assay::runtime
