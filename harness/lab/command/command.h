// The laboratory's part of the command line: run, list, verify, gate, doctor.
#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace assay::lab {

// Adds the subcommands; `exit_status` is set when one has run and must outlive the parsing. `argv`
// is kept with the results.
void add_commands(CLI::App& app, int& exit_status, const std::vector<std::string>& argv);

}  // namespace assay::lab
