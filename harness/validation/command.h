// `assay validate`: the proof that the ruler is straight, on this machine. Called once, from the
// program's main thread.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace assay::validation {

// Adds the subcommand; `exit_status` is set when it has run: 0 nothing disagrees, 1 something does,
// 2 the command or its input was wrong. It must outlive the parsing. `program`: how this one was
// called; the truth server lies beside it.
void add_command(CLI::App& app, int& exit_status, const std::string& program);

}  // namespace assay::validation
