// The command line of assay-server, and of programs like it. Prints nothing: what to say comes back
// with the settings.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "server/runtime/settings.h"
#include "server/storage/sql/settings.h"

namespace assay {

// The settings, or, when there is nothing to serve, what to say: help (0) or what is wrong (2).
struct Parsed {
  std::optional<runtime::Settings> settings{};
  storage::Settings storage{};
  bool names_database = false;  // by --database
  int exit_status = 0;
  std::string text{};
};

// Whether the program has a database, and options for it.
enum class Offer : std::uint8_t { no_database, database };

Parsed parse_options(int argc, const char* const* argv, Offer offer = Offer::no_database);

}  // namespace assay
