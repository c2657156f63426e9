// The main function of a program that serves one application with assay-server's options.
//
// Prints help, serves until it is told to end, and returns the exit status: 2 for wrong options, 1
// where it cannot start, as where two of its routes answer the same requests.
#pragma once
#include <functional>

#include "server/app/app.h"
#include "server/program/options.h"

namespace assay {

// Without a database: see storage_program.h.
int run_app(int argc, char** argv, void (*add_routes)(App&));

// The same, once the options are read.
int run_parsed(const Parsed& parsed, const std::function<void(App&)>& prepare);

}  // namespace assay
