// The folder that Assay lives in, and the places in it that a command writes to or starts from.
#pragma once
#include <filesystem>

#include "harness/lab/lab_error.h"

namespace assay::lab {

struct Checkout {
  std::filesystem::path folder;

  static Result<Checkout> at(const std::filesystem::path& folder) {
    for (const char* part : {"workloads", "baselines", "harness/plans"}) {
      if (!std::filesystem::is_directory(folder / part)) {
        return LabError::not_in_checkout(folder.string());
      }
    }
    return Checkout{std::filesystem::absolute(folder)};
  }
  static Result<Checkout> here() {
    std::error_code gone;
    const auto folder = std::filesystem::current_path(gone);
    return gone ? Result<Checkout>(LabError::not_in_checkout("this folder, which is gone,"))
                : at(folder);
  }
  std::filesystem::path server() const { return folder / "build" / "bin" / "assay-server"; }
  std::filesystem::path laboratory() const { return folder / "build" / "bin" / "assay"; }
  std::filesystem::path hosts() const { return folder / "results" / "hosts"; }
  std::filesystem::path logs() const { return folder / "build" / "logs"; }
};

}  // namespace assay::lab
