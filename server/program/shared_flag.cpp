#include "server/program/shared_flag.h"

#include <sys/mman.h>

#include <cerrno>
#include <new>
#include <system_error>

#include <fmt/format.h>

#include "server/runtime/start_error.h"

namespace assay {

static_assert(std::atomic<bool>::is_always_lock_free, "a lock would be each process's own");

SharedFlag::SharedFlag() {
  void* const memory = mmap(nullptr, sizeof(std::atomic<bool>), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    throw runtime::StartError(fmt::format("no memory to share with processes: {}",
                                          std::generic_category().message(errno)));
  }
  flag_ = new (memory) std::atomic<bool>(false);
}

SharedFlag::~SharedFlag() { munmap(flag_, sizeof(std::atomic<bool>)); }

}  // namespace assay
