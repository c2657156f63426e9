// The command line of storage_cost. Prints nothing: what to say comes back with the options.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::cost {

struct StorageOptions {
  std::vector<std::string> parts = {"reads", "policies", "writes"};
  // Commands; {database} becomes a file of this run, {policy} and {model} what is measured.
  std::string notes =
      "build/release/examples/assay-notes --port 0 --workers 1 --model loop --database {database}";
  std::string workloads =
      "build/bin/assay-server --port 0 --workers 1 --model {model} --database {database} "
      "--database-policy {policy}";
  std::string folder;                                       // empty: where temporary files go
  std::vector<std::size_t> connections = {1, 16, 64, 256};  // of the reads
  std::size_t keys = 10'000;                                // of the reads
  std::uint64_t rounds = 9;
  double seconds = 0.5;
  std::uint64_t seed = 1;
  bool json = false;

  bool has(const std::string& part) const;
};

// The options, or, when there is nothing to do, what to say: help (0) or what is wrong (2).
struct ParsedStorageOptions {
  std::optional<StorageOptions> options;
  int exit_status = 0;
  std::string text;
};

ParsedStorageOptions storage_options(int argc, const char* const* argv);

}  // namespace assay::cost
