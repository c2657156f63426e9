// `assay load`: the load generator on its own, like wrk, against any URL. Reads the command line,
// runs the job, prints what came of it. Called once, from the program's main thread.
#pragma once

namespace CLI {
class App;
}

namespace assay::load {

// Adds the subcommand; `exit_status` is set when it has run: 0 good, 1 a reply was wrong or the run
// was cut short, 2 the command or its input was wrong. It must outlive the parsing.
void add_command(CLI::App& app, int& exit_status);

}  // namespace assay::load
