#include "harness/load/watch/cpu_clock.h"

#include <ctime>

namespace assay::load {

nanoseconds thread_cpu_time() noexcept {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + nanoseconds(used.tv_nsec);
}

}  // namespace assay::load
