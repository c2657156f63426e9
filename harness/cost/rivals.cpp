#include "harness/cost/rivals.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace assay::cost {

const std::vector<Rival>& rivals() {
  static const std::vector<Rival> all = {
      {"nginx", &nginx_rival}, {"go", &go_rival}, {"rust", &rust_rival}, {"beast", &beast_rival}};
  return all;
}

bool is_on_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((std::filesystem::path(folder) / program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

Result<Contender> beast_rival(const Workshop& workshop) {
  if (access(workshop.beast.c_str(), X_OK) != 0) {
    return CostError::no_program(workshop.beast, "build it: make build");
  }
  return Contender{"beast", {workshop.beast, workshop.body_path}, {}, {}, {}};
}

}  // namespace assay::cost
