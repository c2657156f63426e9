#include "server/storage/sql/commit_count.h"

#include <sys/mman.h>

#include <cerrno>
#include <new>
#include <system_error>

namespace assay::storage {

CommitCount::CommitCount() {
  void* page =
      mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
  counts_ = new (page) Counts();
}

CommitCount::~CommitCount() { munmap(counts_, sizeof(Counts)); }

}  // namespace assay::storage
