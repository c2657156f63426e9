// macOS pins no process to cores.
#include "server/runtime/usable_cores.h"

#include <algorithm>
#include <thread>

namespace assay::runtime {

std::size_t usable_cores() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace assay::runtime
