// What a truth server is asked to be.
#pragma once

#include <cstdint>
#include <string>

#include "harness/truth/service.h"

namespace assay::truth {

struct TruthSettings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 picks a free one
  ServiceSettings service;
  std::string body = std::string(526, 'x');          // as long as the floor's
  bool closes = false;                               // one reply a connection, which says so
  nanoseconds spin = std::chrono::microseconds(50);  // before a reply is due: not asleep any more
  bool stays_awake = false;  // also when nothing is owed: exact arrivals for a whole core
  std::string requests_log;  // its path; empty: none
};

}  // namespace assay::truth
