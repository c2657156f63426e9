// How many cores this process may use: those it was pinned to, where the system pins processes, and
// not all that the machine has. At least 1; any thread.
#pragma once
#include <cstddef>

namespace assay::runtime {

std::size_t usable_cores();

}  // namespace assay::runtime
