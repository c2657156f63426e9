// The main function of a program that serves one application with assay-server's options.
//
// Prints help, serves until it is told to end, and returns the exit status: 2 for wrong options, 1
// where it cannot start, as where two of its routes answer the same requests.
#pragma once
#include "server/app/app.h"

namespace assay {

int run_app(int argc, char** argv, void (*add_routes)(App&));

}  // namespace assay
