// Where experiments are made: the programs, the floor of this machine, and a folder for what
// servers write down. Blocks for as long as an experiment takes; one at a time, or they would
// measure each other.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/load/stop.h"
#include "harness/validation/experiment.h"
#include "harness/validation/plain_rounds.h"
#include "harness/validation/truth_process.h"
#include "harness/validation/validation_error.h"

namespace assay::validation {

struct Programs {
  std::string truth;  // assay-truth
  std::string assay;  // this program
};

struct Laboratory {
  Programs programs;
  std::filesystem::path scratch;
  const load::Stop& stop;
  Floor floor;  // once it is measured
  // Server and client never sleep, so that no figure is the system's time to wake them.
  bool stays_awake = false;
};

// A truth server of this laboratory, which answers so.
Result<TruthProcess> serve(const truth::ServiceSettings& service, const Laboratory& laboratory,
                           const std::vector<std::string>& more_options = {});

Result<Observation> observe(const Experiment& experiment, const Laboratory& laboratory);

// The floor of this machine as the ruler read it, to be put into the laboratory.
Floor floor_of(const Observation& observation);
// The same by the plain client, on a server of its own.
Result<PlainFloor> plain_floor(const PlainRounds& rounds, const Laboratory& laboratory);

// The checks of an experiment, each with its test and what was set up.
Result<Checks> proved(const Experiment& experiment, const Laboratory& laboratory);

}  // namespace assay::validation
