// For tests: a folder of its own in the system's folder for temporary files, gone when this goes
// out of scope.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace assay::lab {

class ScratchTree {
 public:
  ScratchTree() {
    std::string name = (std::filesystem::temp_directory_path() / "assay-test-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~ScratchTree() { std::filesystem::remove_all(folder_); }
  ScratchTree(const ScratchTree&) = delete;
  ScratchTree& operator=(const ScratchTree&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  // `name` may have folders in it, which are made.
  void write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace assay::lab
