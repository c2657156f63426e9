#include "harness/validation/command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cost/scratch_folder.h"
#include "harness/load/command/interrupt.h"
#include "harness/validation/validation.h"
#include "server/model/json_write.h"

namespace assay::validation {
namespace {

namespace fs = std::filesystem;

constexpr const char* description =
    "Hold the load generator against servers whose answers are known in closed form.\n"
    "  assay validate                 all of it: T1 to T10, about ten minutes\n"
    "  assay validate --short         the part that every test run has, under a minute\n"
    "  assay validate --only T4,T5    these tests\n"
    "  assay validate --asleep        server and client sleep while they wait, as elsewhere\n"
    "  assay validate --list          which there are\n";
constexpr const char* footer =
    "Exit status: 0 nothing disagrees with the truth, 1 something does, 2 it could not be run.\n"
    "\"not judged\": the truth server was late by its own record, or a thread that only sleeps "
    "woke\n"
    "up late, by enough to explain the difference. Where two cores are idle, neither server nor "
    "client\n"
    "sleeps; a test with such a figure, or one that disagrees, is made again, three times in all.\n"
    "A whole run is kept in results/validation. What each test means: docs/validation.md";

struct Options {
  bool is_short = false;
  bool is_awake = false;
  bool is_asleep = false;
  bool is_json = false;
  bool lists = false;
  std::vector<std::string> only;
  std::string results = "results/validation";
  std::string program;
};

int refuse(const ValidationError& error) {
  fmt::print(stderr, "error: {}\n  {}\n", error.what(), error.remedy());
  return 2;
}

// A program called by its name alone is in the place where make puts it.
fs::path folder_of(const std::string& program) {
  const fs::path folder = fs::path(program).parent_path();
  return folder.empty() ? fs::path("build/bin") : folder;
}

Result<void> check_names(const std::vector<std::string>& only) {
  std::string all;
  for (const Test& test : tests()) all += (all.empty() ? "" : " ") + test.name;
  for (const std::string& name : only) {
    const auto is_it = [&](const Test& test) { return test.name == name; };
    if (std::none_of(tests().begin(), tests().end(), is_it)) {
      return ValidationError::no_test(name, all);
    }
  }
  return {};
}

Result<void> keep(const Proof& proof, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return ValidationError::unwritable(folder.string(), error.message());
  const auto write = [&](const char* name, const std::string& content) {
    std::ofstream file(folder / name, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    return !file.fail();
  };
  if (write("last.json", model::to_json(proof) + "\n") && write("last.md", markdown(proof))) {
    return {};
  }
  return ValidationError::unwritable((folder / "last.json").string(), "the system refused it");
}

void show(const std::string& what) {
  if (isatty(STDERR_FILENO) == 1) {
    fmt::print(stderr, "\r\x1b[K{}", what);
  } else {
    fmt::print(stderr, "{}\n", what);
  }
  std::fflush(stderr);
}

// The short form runs beside other work, where little can be judged: it says so, and is content
// when nothing disagrees.
int exit_status(const Proof& proof, Length length) {
  const Answer found = answer(proof);
  const bool is_content = found == Answer::not_shown && length == Length::brief;
  return found == Answer::straight || is_content ? 0 : 1;
}

int run(const Options& options) {
  const auto scratch = cost::ScratchFolder::make();
  if (!scratch) return refuse(ValidationError::unwritable("a folder", scratch.error().what()));
  load::Stop stop;
  const load::Interrupt interrupt(stop);
  const fs::path folder = folder_of(options.program);
  Wish wish{options.is_short ? Length::brief : Length::whole, options.only};
  if (options.is_awake || options.is_asleep) wish.stays_awake = options.is_awake;
  const Result<Proof> proof = validate(
      wish,
      {{(folder / "assay-truth").string(), (folder / "assay").string()}, scratch->path(), stop, {}},
      show);
  if (isatty(STDERR_FILENO) == 1) show("");
  if (!proof) return refuse(proof.error());
  fmt::print("{}", options.is_json ? model::to_json(*proof) + "\n" : text(*proof));
  if (!options.is_short && options.only.empty()) {
    if (auto kept = keep(*proof, options.results); !kept) return refuse(kept.error());
  }
  return exit_status(*proof, wish.length);
}

int execute(const Options& options) {
  if (auto known = check_names(options.only); !known) return refuse(known.error());
  if (!options.lists) return run(options);
  for (const Test& test : tests()) fmt::print("{:<5}{}\n", test.name, test.title);
  return 0;
}

}  // namespace

void add_command(CLI::App& app, int& exit_status, const std::string& program) {
  CLI::App* validate = app.add_subcommand("validate", description);
  validate->footer(footer);
  const auto options = std::make_shared<Options>();
  options->program = program;
  auto* awake = validate->add_flag("--awake", options->is_awake,
                                   "server and client never sleep, as where two cores are idle");
  validate->add_flag("--asleep", options->is_asleep, "they sleep while they wait")->excludes(awake);
  validate->add_flag("--short", options->is_short, "a part of each test but T10, in seconds");
  validate->add_option("--only", options->only, "these tests alone")
      ->delimiter(',')
      ->type_name("T4,...");
  validate->add_flag("--json", options->is_json, "print one JSON document instead of text");
  validate->add_flag("--list", options->lists, "name the tests, and end");
  validate->add_option("--results", options->results, "where a whole run is kept")
      ->type_name("FOLDER")
      ->capture_default_str();
  validate->callback([options, &exit_status] { exit_status = execute(*options); });
}

}  // namespace assay::validation
