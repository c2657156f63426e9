// `assay load`: the load generator on its own, like wrk, against any URL. Reads the command line,
// runs the job, prints what came of it. Called once, from the program's main thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/load/load_error.h"
#include "harness/load/loop/run.h"
#include "harness/load/pace/job.h"
#include "harness/load/stop.h"
#include "harness/load/summary/summary.h"

namespace CLI {
class App;
}

namespace assay::load {

// What the command needs of rooms that stand above this one.
struct Neighbours {
  // The job, shared by the agents that these commands run.
  std::function<Result<Summary>(const std::vector<std::string>& commands, const Job&, const Stop&,
                                const Watch&)>
      run_by_agents;
  std::string local_agent;  // the command of an agent on this machine
  // Right replies per second that this client gets of the floor, with the job's connections.
  std::function<Result<double>(const Job&, const Stop&)> ceiling;
};

// Adds the subcommand; `exit_status` is set when it has run: 0 good, 1 a reply was wrong or the run
// was cut short, 2 the command or its input was wrong. It must outlive the parsing.
void add_command(CLI::App& app, int& exit_status, Neighbours neighbours);

}  // namespace assay::load
