// assay: the laboratory's program.
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/agents/agents.h"
#include "harness/agents/command.h"
#include "harness/lab/command/command.h"
#include "harness/load/command/command.h"
#include "harness/truth/ceiling.h"
#include "harness/validation/command.h"

namespace {

constexpr auto about = R"(Puts web-framework benchmark claims on trial.

  assay run quick                                ten minutes at most: a first comparison
  assay load http://127.0.0.1:8080/json -c 16    like wrk, but it checks every reply
  assay validate                                 is the ruler straight? against known answers
  assay list                                     what there is, and why some of it cannot run here
)";

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(about, "assay");
  app.require_subcommand(1);
  int exit_status = 0;
  assay::lab::add_commands(app, exit_status, {argv, argv + argc});
  const auto by_agents = [](const std::vector<std::string>& commands, const assay::load::Job& job,
                            const assay::load::Stop& stop, const assay::load::Watch& watch) {
    return assay::agents::run(commands, job, stop, watch);
  };
  assay::load::add_command(
      app, exit_status, {by_agents, assay::agents::local_command(argv[0]), assay::truth::ceiling});
  assay::agents::add_command(app, exit_status);
  assay::validation::add_command(app, exit_status, argv[0]);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    fmt::print("{}", chosen.empty() ? app.help() : chosen.front()->help("assay"));
  } catch (const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    const std::string command = chosen.empty() ? "" : chosen.front()->get_name() + " ";
    fmt::print(stderr, "error: {}\n  see: assay {}--help\n", error.what(), command);
    return 2;
  } catch (const std::exception& error) {  // the file system or the terminal refused something
    fmt::print(stderr, "error: {}\n", error.what());
    return 2;
  }
  return exit_status;
}
