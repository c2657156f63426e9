// `assay list`: what this checkout has, and what of it cannot run on this host.
#pragma once

namespace CLI {
class App;
}

namespace assay::lab {

// `exit_status` is set when it has run and must outlive the parsing.
void add_list_command(CLI::App& app, int& exit_status);

}  // namespace assay::lab
