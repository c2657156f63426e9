// One request as it is sent, with the numbers that were drawn for it, and what its reply must be.
// The same stream of random numbers draws the same requests on every system. Pure.
#pragma once
#include "harness/lab/plan/workload.h"
#include "harness/load/request/request.h"
#include "harness/statistics/random_stream.h"

namespace assay::lab {

struct DrawnRequest {
  load::Request request;
  ReplyRule reply;  // without {1} or {2}, and no echo: only {digits} may be left in its texts
};

DrawnRequest drawn_request(const WorkloadPart& part, statistics::RandomStream& random);

// The part's request with what differs still in it, as the load generator's template reads it.
load::Request templated_request(const WorkloadPart& part);

}  // namespace assay::lab
