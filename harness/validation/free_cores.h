// Whether so many cores are idle at this moment, found out by using them: threads that do nothing
// but run get all of their time only where nobody else wants it. Blocks for as long as it looks.
#pragma once

#include <chrono>
#include <cstddef>

namespace assay::validation {

bool are_free(std::size_t cores, std::chrono::nanoseconds look);

}  // namespace assay::validation
