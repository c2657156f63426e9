// For tests: an application with a database, its entries and its users, on every model.
#pragma once
#include "server/app/app.h"
#include "server/program/wake_pipe.h"

namespace assay {

// `begun` gets a byte when POST /held is being written; it goes on when it has taken one of
// `go_on`.
void add_storage_routes(App& app, const WakePipe& begun, const WakePipe& go_on);

}  // namespace assay
