// The truth server's log of requests, read back. Any thread.
#pragma once

#include <string>
#include <vector>

#include "harness/validation/observation.h"
#include "harness/validation/validation_error.h"

namespace assay::validation {

// In the order of arrival.
Result<std::vector<Served>> read_requests_log(const std::string& path);

}  // namespace assay::validation
