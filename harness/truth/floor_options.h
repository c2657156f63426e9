// The command line of assay-floor. Prints nothing: what to say comes back with the settings.
#pragma once

#include <optional>
#include <string>

#include "harness/truth/floor.h"

namespace assay::truth {

// The settings, or, when there is nothing to serve, what to say: help (0) or what is wrong (2).
struct FloorOptions {
  std::optional<FloorSettings> settings;
  int exit_status = 0;
  std::string text;
};

FloorOptions floor_options(int argc, const char* const* argv);

}  // namespace assay::truth
