// A folder for files of one run, gone with its scope.
#pragma once

#include <filesystem>

#include "harness/cost/cost_error.h"

namespace assay::cost {

class ScratchFolder {
 public:
  // In `parent`; where that is empty, with all temporary files.
  static Result<ScratchFolder> make(const std::filesystem::path& parent = {});
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&& other) = delete;
  ~ScratchFolder();

  // The path of a new file with this text.
  Result<std::filesystem::path> write(const std::string& name, std::string_view text) const;
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path);

  std::filesystem::path path_;
};

}  // namespace assay::cost
