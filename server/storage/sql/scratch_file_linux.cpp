#include "server/storage/sql/scratch_file.h"

#include <unistd.h>

namespace assay::storage {

// A container may have none, or one that it may not write.
std::filesystem::path scratch_place() {
  constexpr const char* shared_memory = "/dev/shm";
  if (access(shared_memory, W_OK | X_OK) == 0) return shared_memory;
  return std::filesystem::temp_directory_path();
}

}  // namespace assay::storage
