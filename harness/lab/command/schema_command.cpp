#include "harness/lab/command/schema_command.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/lab/exit_status.h"
#include "harness/lab/record/kept_file.h"

namespace assay::lab {
namespace {

constexpr auto schema_help = R"(Print the JSON Schema (2020-12) of a file that a run leaves.

  assay schema                  of result.json
  assay schema --journal        of one line of journal.ndjson
  assay schema --beginning      of run.json

The same stand in results/schema/, whose README says what a change means.
)";

}  // namespace

void add_schema_command(CLI::App& app, int& exit_status) {
  // Shared with the callback, which CLI11 calls after this function has returned.
  const auto file = std::make_shared<KeptFile>(KeptFile::result);
  CLI::App* schema = app.add_subcommand("schema", schema_help);
  const auto choose = [file](KeptFile chosen) { return [=] { *file = chosen; }; };
  CLI::Option* journal = schema->add_flag_callback("--journal", choose(KeptFile::journal),
                                                   "Of one line of journal.ndjson");
  schema->add_flag_callback("--beginning", choose(KeptFile::beginning), "Of run.json")
      ->excludes(journal);
  schema->callback([=, &exit_status] {
    fmt::print("{}", schema_of(*file));
    exit_status = good;
  });
}

}  // namespace assay::lab
