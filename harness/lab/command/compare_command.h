// `assay compare`: two runs beside each other.
#pragma once

namespace CLI {
class App;
}

namespace assay::lab {

// `exit_status` is set when the command has run and must outlive the parsing.
void add_compare_command(CLI::App& app, int& exit_status);

}  // namespace assay::lab
