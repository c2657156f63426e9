#include "harness/agents/command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>

#include "harness/agents/agent.h"
#include "harness/agents/quiet_pipes.h"
#include "harness/load/command/interrupt.h"
#include "harness/load/loop/run.h"

namespace assay::agents {
namespace {

constexpr const char* description =
    "Put on a load that a controller asks for: JSON lines in, JSON lines out, one job.\n"
    "Started by assay load, which shares one schedule among its agents:\n"
    "  assay load http://10.0.0.5:8080/json -r 30000 -c 192 --agent 'ssh mac1 assay agent'\\\n"
    "                                                       --agent 'ssh mac2 assay agent'\n"
    "  assay load http://127.0.0.1:8080/json --agents 3    three on this machine\n";
constexpr const char* footer =
    "Says hello at once; ends with its input, after its job, or on SIGTERM.\n"
    "Exit status: 0 the job was done, 1 it was not.";

int execute() {
  const QuietPipes quiet;
  load::Stop stop;
  const load::Interrupt interrupt(stop);
  Agent agent(STDIN_FILENO, STDOUT_FILENO, load::run);
  return agent.serve(stop) ? 0 : 1;
}

}  // namespace

void add_command(CLI::App& app, int& exit_status) {
  CLI::App* agent = app.add_subcommand("agent", description);
  agent->footer(footer);
  agent->callback([&exit_status] { exit_status = execute(); });
}

}  // namespace assay::agents
