// The options of a program that has a database.
#pragma once
#include <string>

#include <CLI/CLI.hpp>

#include "server/storage/sql/settings.h"

namespace assay {

struct DatabaseWishes {
  storage::Settings settings;
  std::string policy = "per-thread";
  std::string synchronous = "full";
  std::string journal = "wal";
  bool no_group_commit = false;
};

// REQUIRES: the wishes outlive the parsing
void add_database(CLI::App& app, DatabaseWishes& wishes);
storage::Settings settings_of(const DatabaseWishes& wishes);

}  // namespace assay
