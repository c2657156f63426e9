// The command line of assay-server.
#pragma once
#include <optional>

#include "server/runtime/settings.h"

namespace assay {

// The settings, or the exit status when there is nothing to serve (help shown, or wrong input).
struct Parsed {
  std::optional<runtime::Settings> settings;
  int exit_status = 0;
};

Parsed parse_options(int argc, char** argv);

}  // namespace assay
