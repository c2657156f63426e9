// The seconds of a run as a file of HdrHistogram's log format 1.3, which its tools and libraries
// read: a line for each second, and the whole run is their sum. Values are nanoseconds.
#pragma once

#include <chrono>
#include <string>

#include "harness/load/load_error.h"
#include "harness/load/summary/summary.h"

namespace assay::load {

using WallTime = std::chrono::system_clock::time_point;

std::string histogram_log(const Summary& summary, WallTime started);  // pure; any thread

// Written beside and renamed, so that what stood there before is replaced by a whole file or not at
// all. What is no file, as /dev/stdout, is written to as it stands.
Result<void> write_histogram_log(const std::string& path, const Summary& summary, WallTime started);

// Whether it can be written there, to be asked before a long run. An empty path is no file, and
// can.
Result<void> check_histogram_log(const std::string& path);

}  // namespace assay::load
