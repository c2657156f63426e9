// macOS pins no process to cores.
#include <algorithm>
#include <thread>

#include "server/runtime/usable_cores.h"

namespace assay::runtime {

std::size_t usable_cores() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace assay::runtime
