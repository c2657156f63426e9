// What to put on a server: which request, what its reply must be, how many at once, for how long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "harness/load/clock.h"
#include "harness/load/expectation.h"
#include "harness/load/request.h"

namespace assay::load {

struct Job {
  std::string host = "127.0.0.1";
  std::uint16_t port = 80;
  Request request;
  Expectation expectation;
  std::size_t connections = 16;
  std::size_t threads = 1;
  bool keep_alive = true;  // else a new connection for each request
  nanoseconds warm_up{0};  // under the same load, before anything is counted
  nanoseconds duration = std::chrono::seconds(10);
  std::optional<std::uint64_t> requests;  // in all, instead of a duration; failed ones included
  nanoseconds timeout = std::chrono::seconds(5);  // for each request
};

}  // namespace assay::load
