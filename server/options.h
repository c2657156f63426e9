// The command line of assay-server. Prints nothing: what to say comes back with the settings.
#pragma once
#include <optional>
#include <string>

#include "server/runtime/settings.h"

namespace assay {

// The settings, or, when there is nothing to serve, what to say: help (0) or what is wrong (2).
struct Parsed {
  std::optional<runtime::Settings> settings;
  int exit_status = 0;
  std::string text;
};

Parsed parse_options(int argc, const char* const* argv);

}  // namespace assay
