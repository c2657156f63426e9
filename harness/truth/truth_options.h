// The command line of assay-truth. Prints nothing: what to say comes back with the settings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/truth/truth_settings.h"

namespace assay::truth {

// What to do, or, when there is nothing to do, what to say: help (0) or what is wrong (2).
struct TruthOptions {
  std::optional<TruthSettings> settings;
  std::uint64_t forecast = 0;  // requests to tell the fates of, instead of serving
  double self_check_s = 0;     // how long to measure oneself, instead of serving
  int exit_status = 0;
  std::string text;
};

TruthOptions truth_options(int argc, const char* const* argv);

}  // namespace assay::truth
