// Whether a reply is what a workload asks for, and if not, in words with both sides. Pure.
//
// A JSON reply that is the same value in other bytes is right too: real packages put spaces, or
// write 42.0 as 42. How many bytes that makes is kept, so that a table can say so.
#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "harness/lab/plan/workload.h"
#include "harness/load/reply/expectation.h"

namespace assay::lab {

struct ReplyMatch {
  std::string difference;          // empty: it is right
  bool is_exact = false;           // byte for byte
  std::size_t bytes = 0;           // of the body
  std::size_t expected_bytes = 0;  // of the text that it was compared with

  bool is_right() const { return difference.empty(); }
  // Over 1 % away from the bytes that others send: "591 bytes where 532 are expected"; else empty.
  std::string unequal_bytes() const;
};

// REQUIRES: `rule` is of a DrawnRequest
ReplyMatch match(const ReplyRule& rule, const load::Reply& reply);

// What the load generator compares each timed reply with. `is_exact`: a first reply was equal byte
// for byte; else JSON is compared as JSON.
load::Expectation expectation_of(const WorkloadPart& part, bool is_exact);

}  // namespace assay::lab
