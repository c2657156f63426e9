#include "server/storage/sql/scratch_file.h"

namespace assay::storage {

// There is no file system in memory that a user may write.
std::filesystem::path scratch_place() { return std::filesystem::temp_directory_path(); }

}  // namespace assay::storage
