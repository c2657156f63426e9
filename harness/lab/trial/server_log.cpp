#include "harness/lab/trial/server_log.h"

namespace assay::lab {

void keep_log(const std::filesystem::path& log, const std::string& name) {
  std::error_code ignored;
  const std::filesystem::path logs = log.parent_path() / "logs";
  std::filesystem::create_directories(logs, ignored);
  std::filesystem::rename(log, logs / name, ignored);
}

void drop_log(const std::filesystem::path& log) {
  std::error_code ignored;
  std::filesystem::remove(log, ignored);
}

}  // namespace assay::lab
