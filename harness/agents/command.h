// `assay agent`: the program that a controller on this or another machine hands a job to. Called
// once, from the program's main thread.
#pragma once

namespace CLI {
class App;
}

namespace assay::agents {

// Adds the subcommand; `exit_status` is set when it has run: 0 the job was done, 1 it was not. It
// must outlive the parsing.
void add_command(CLI::App& app, int& exit_status);

}  // namespace assay::agents
