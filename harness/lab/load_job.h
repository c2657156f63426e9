// What the load generator is told to put on a server for a cell. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/plan.h"
#include "harness/lab/trial.h"
#include "harness/load/job.h"

namespace assay::lab {

// A right reply to one part of a workload, before anything is timed.
struct FirstReply {
  bool is_exact = false;            // byte for byte
  std::string target;               // what was asked for
  std::optional<std::string> body;  // if every reply is to have the same
};

load::Job job_of(const Cell& cell, const Measuring& how, std::uint16_t port,
                 const std::vector<FirstReply>& replies);

}  // namespace assay::lab
