// Linux: std::thread::hardware_concurrency counts the machine's.
#include "server/runtime/usable_cores.h"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace assay::runtime {

std::size_t usable_cores() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    return static_cast<std::size_t>(std::max(1, CPU_COUNT(&allowed)));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace assay::runtime
