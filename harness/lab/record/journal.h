// The journal of a run: a line of JSON for each trial, on the disk before the next trial starts, so
// that a run that is cut off has lost nothing. Belongs to one run.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/record/trial_record.h"
#include "harness/load/socket/descriptor.h"

namespace assay::lab {

class Journal {
 public:
  // A last line that was cut off while it was written is taken away first.
  static Result<Journal> open(const std::filesystem::path& path);
  // Its trials; none where there is no file. A last line that is not whole is no trial.
  static Result<std::vector<Trial>> read(const std::filesystem::path& path);
  Result<void> append(const Trial& trial);

 private:
  explicit Journal(std::filesystem::path path, load::Descriptor file)
      : path_(std::move(path)), file_(std::move(file)) {}

  std::filesystem::path path_;
  load::Descriptor file_;
};

// A whole file or none: written beside `path` and renamed over it.
Result<void> write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace assay::lab
