// The options of `assay load` on the command line, with their help.
#pragma once

#include "harness/load/command/options.h"
#include "harness/load/command/question_options.h"

namespace CLI {
class App;
}

namespace assay::load {

// `options` outlives the app.
void add_options(CLI::App& load, Options& options);
void add_question_options(CLI::App& app, QuestionOptions& options);

}  // namespace assay::load
