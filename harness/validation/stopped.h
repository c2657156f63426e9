// T9: a program that stands still in the middle of a run, stopped by a signal. The server's pause
// must appear as what it is, and the client's own must not be blamed on the server.
#pragma once

#include "harness/validation/experiments.h"
#include "harness/validation/laboratory.h"

namespace assay::validation {

Result<Checks> server_stopped(const Laboratory& laboratory, Length length);
Result<Checks> client_stopped(const Laboratory& laboratory);

}  // namespace assay::validation
