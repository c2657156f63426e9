#include "harness/lab/command/compare_command.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/lab/compare/compare_runs.h"
#include "harness/lab/compare/compare_sources.h"
#include "harness/lab/compare/compare_text.h"
#include "harness/lab/exit_status.h"
#include "harness/lab/record/result_file.h"
#include "server/model/json_write.h"

namespace assay::lab {
namespace {

struct CompareOptions {
  std::string a;
  std::string b;
  bool json = false;
  bool fail_if_slower = false;
};

Result<RunResult> run_named(const std::string& name) {
  // Not a checkout's: results may be compared where there is none.
  const auto file = result_of(name, std::filesystem::path("results") / "hosts");
  if (!file) return file.error();
  return read_result(*file);
}

int compare_command(const CompareOptions& options) {
  const auto a = run_named(options.a);
  if (!a) return say(a.error());
  const auto b = run_named(options.b);
  if (!b) return say(b.error());
  const auto comparison = compare_runs(*a, *b);
  if (!comparison) return say(comparison.error());
  if (options.fail_if_slower && !comparison->is_of_one_host()) {
    return say(LabError::runs_of_two_hosts(a->run, b->run));
  }
  if (options.json) {
    fmt::print("{}\n", model::to_json(*comparison));
  } else {
    fmt::print("{}", text(*comparison));
  }
  if (!options.fail_if_slower) return good;
  const std::string slower = slower_text(*comparison);
  if (!slower.empty()) fmt::print(stderr, "{}\n", slower);
  return slower.empty() ? good : answer_is_no;
}

constexpr auto compare_help = R"(What changed from one run to another, cell by cell?

  assay compare 20260105T101500Z-quick 20260106T093000Z-quick    by name, of any host here
  assay compare main/result.json change/result.json              or by file or folder
  assay compare A B --fail-if-slower                             for continuous integration

Ratios are B over A. "Faster" needs an interval that leaves out 1 and an effect above
the larger noise floor of the two runs. Whatever the host did between the two is in the
ratio too: run them one after the other. Of two hosts no rates are compared, only the
lead of the reference in each.

Exit status 0: compared; 1: with --fail-if-slower, B is slower in a cell, or a cell
could not be judged; 2: there is nothing to compare.
)";

}  // namespace

void add_compare_command(CLI::App& app, int& exit_status) {
  // Shared with the callback, which CLI11 calls after this function has returned.
  const auto options = std::make_shared<CompareOptions>();
  CLI::App* compare = app.add_subcommand("compare", compare_help);
  compare->add_option("A", options->a, "The run before: its name, folder or result.json")
      ->required();
  compare->add_option("B", options->b, "The run after")->required();
  compare->add_flag("--json", options->json, "One JSON document instead of tables");
  compare->add_flag("--fail-if-slower", options->fail_if_slower,
                    "Exit 1 unless B is as fast as A in every cell");
  compare->callback([=, &exit_status] { exit_status = compare_command(*options); });
}

}  // namespace assay::lab
