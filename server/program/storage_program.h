// The main function of a program that serves one application with a database, with assay-server's
// options: `run_app` of app_program.h, and Service<storage::Database> and Service<storage::Store>.
//
// The file is opened, and its schema brought up to date, before the program listens; only where
// --database is given, or a route takes one of these services, or `add_routes` asks for one.
#pragma once
#include "server/app/app.h"

namespace assay {

int run_app_with_storage(int argc, char** argv, void (*add_routes)(App&));

}  // namespace assay
