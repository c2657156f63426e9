// `assay verify`: does every baseline give every workload's reply?
#pragma once

namespace CLI {
class App;
}

namespace assay::lab {

// `exit_status` is set when it has run and must outlive the parsing.
void add_verify_command(CLI::App& app, int& exit_status);

}  // namespace assay::lab
