// A workload as its folder describes it: what is asked, and what every baseline must answer.
// Read once at the start of a command; plain data after that.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "harness/lab/lab_error.h"

namespace assay::lab {

struct Workload {
  std::string name;  // of its folder
  std::string title;
  std::string measures;
  std::vector<std::string> used_by;  // the documents that have it
  std::string method;
  std::string path;
  int status = 200;
  std::string media_type;
  std::string body;  // the reply's, byte for byte

  // A baseline runs a workload when the folder has a file for it; the reference is reference.cpp.
  std::vector<std::string> implementations;
  bool runs_on(const std::string& baseline) const;
};

Result<Workload> read_workload(const std::filesystem::path& folder);
Result<std::vector<Workload>> all_workloads(const std::filesystem::path& checkout);  // by name

}  // namespace assay::lab
