// What requests cost a server, measured once. Blocks for the duration and a little more; the client
// is the calling thread, and further threads where more than one blast is given.
#pragma once

#include <vector>

#include "harness/cost/blast.h"
#include "harness/cost/running_server.h"
#include "harness/load/clock.h"
#include "harness/load/stop.h"

namespace assay::cost {

struct Cost {
  double cpu_us = 0;        // of the server, for one request
  double rate = 0;          // requests a second
  double server_cores = 0;  // that it kept busy; well below 1: it waited for the client
  double client_cores = 0;  // of each client thread, on average
};

// Before it is measured, long enough that the server's buffers have grown to their size.
constexpr load::nanoseconds usual_lead_in = std::chrono::milliseconds(50);

// `clients`: threads, which have so many connections each.
Result<Cost> measured_cost(const RunningServer& server, const Row& row, std::string_view path,
                           load::nanoseconds duration, const load::Stop& stop,
                           std::size_t clients = 1, load::nanoseconds lead_in = usual_lead_in);

}  // namespace assay::cost
