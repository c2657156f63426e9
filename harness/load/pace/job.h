// What to put on a server: which requests, what their replies must be, how many at once, for how
// long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/load/clock.h"
#include "harness/load/reply/expectation.h"
#include "harness/load/request/request.h"
#include "harness/load/socket/target.h"
#include "harness/load/text/rate.h"

namespace assay::load {

// One of several requests that a job sends, and how often beside the others.
struct MixPart {
  unsigned weight = 1;  // 80 beside 15 and 5: in 80 of 100
  Request request;
  Expectation expectation;
};

struct Job {
  Target target;
  Request request;           // may hold {seq}, {random:a:b} and {pick:...}: see request_template.h
  bool is_verbatim = false;  // no: braces in it are what they are
  Expectation expectation;
  std::vector<MixPart> mix;  // not empty: these, and neither `request` nor `expectation`
  std::size_t connections = 16;
  std::size_t threads = 1;
  bool keep_alive = true;    // else a new connection for each request
  std::size_t pipeline = 1;  // requests that may be under way on one connection
  bool stays_awake = false;  // no thread ever sleeps: exact times, at the cost of a core each
  std::optional<Rate> rate;  // nothing: closed loop, the next is due when a connection is free
  Share share;               // of an open loop's schedule, or of the requests in all
  nanoseconds warm_up{0};    // under the same load, before anything is counted
  // Given: the load warms up for `warm_up` at least, then until it is steady (warm_up.h), but no
  // longer than this. A run of N requests keeps to `warm_up`, and so do agents.
  std::optional<nanoseconds> warm_up_most;
  nanoseconds duration = std::chrono::seconds(10);
  std::optional<std::uint64_t> requests;  // in all, instead of a duration; failed ones included
  nanoseconds timeout = std::chrono::seconds(5);  // for each request
  std::uint64_t seed = 1;                         // of arrivals and of what is random in requests
};

}  // namespace assay::load
