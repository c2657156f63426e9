// How well this machine lets the truth server keep its times: serves one client of its own over
// loopback and puts beside each other what the law says, what was served and what the client saw.
//
// Blocks for `duration`; starts and ends the server and the client's thread. Any thread.
#pragma once

#include <string>

#include "harness/load/stop.h"
#include "harness/truth/truth_error.h"
#include "harness/truth/truth_settings.h"

namespace assay::truth {

// For people: a table in microseconds. The port of the settings is not used.
Result<std::string> self_check(TruthSettings settings, nanoseconds duration,
                               const load::Stop& stop);

}  // namespace assay::truth
