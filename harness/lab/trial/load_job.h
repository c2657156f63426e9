// What the load generator is told to put on a server for a cell, and what keeps it from it. Pure.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/plan/plan.h"
#include "harness/lab/trial/trial.h"
#include "harness/load/pace/job.h"

namespace assay::lab {

// A right reply to one part of a workload, before anything is timed.
struct FirstReply {
  bool is_exact = false;            // byte for byte
  std::string target;               // what was asked for
  std::optional<std::string> body;  // if every reply is to have the same
};

// What is asked of a load in requests a second; nothing: as fast as replies come. Of one that takes
// a share of another's rate, by the median of the trials so far, which may be none.
std::optional<double> rate_for(const Cell& cell, const std::vector<Trial>& trials);

// Why a load has more connections than a process here may have; empty: it has not.
std::string open_files_reason(const Load& load, std::uint64_t allowed);

load::Job job_of(const Cell& cell, const Measuring& how, std::uint16_t port,
                 const std::vector<FirstReply>& replies);

}  // namespace assay::lab
