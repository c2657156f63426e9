// One trial: a fresh server, its reply checked, a load put on it, its CPU and memory taken, its
// end.
//
// Runs on the calling thread and takes as long as the plan says. What goes wrong with the server is
// a reason in the trial, which is then not valid; only what stops the laboratory is a LabError.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/plan/plan.h"
#include "harness/lab/record/trial_record.h"
#include "harness/lab/trial/facts.h"
#include "harness/load/stop.h"

namespace assay::lab {

struct Measuring {
  double warm_up_s = 0;
  double warm_up_most_s = 0;  // above `warm_up_s`: goes on until the load is steady
  double measure_s = 1;
  std::filesystem::path server;     // assay-server
  std::filesystem::path log;        // of the server under test
  std::vector<unsigned> cores;      // that the server may use; none: all
  std::size_t client_cores = 0;     // of the client's own; 0: it has none, and shares the server's
  std::optional<double> rate = {};  // of an open loop
  bool has_gates = true;  // no: a test of something else, on a host that is busy with others
  std::string program_sha256 = {};  // what the baseline's first trial started; empty: this is it
  std::optional<Facts> facts = {};  // what the baseline told before; nothing: it never did
  std::string refusal = {};         // why the cell cannot be measured here; empty: it can
};

struct Measured {
  Trial trial;
  std::optional<Facts> facts;
};

Result<Measured> measure(const Cell& cell, const Measuring& how, const load::Stop& stop);

}  // namespace assay::lab
