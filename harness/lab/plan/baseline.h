// A baseline as its folder describes it, with one of its variants: `karak@workers-4`.
// Read once at the start of a command; plain data after that.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/plan/environment.h"

namespace assay::lab {

// What a variant is known to answer wrongly, always or to one of many at a time. It is shown,
// confirmed whenever replies are verified, and its wrong replies are never counted as right.
struct Finding {
  std::string workload;
  int status = 0;
  std::string says;  // in the reply
};

struct Baseline {
  std::string name;  // of its folder
  std::string variant;
  std::string title;
  std::string variant_title;
  std::string about;
  std::string language;
  std::string implementation;  // whose files in the workloads' folders it runs
  std::string model;           // of concurrency, in words
  std::vector<std::string> adapted;
  // Workloads that it does not run, by their names or their folders', each with why.
  std::vector<std::pair<std::string, std::string>> lacks;
  std::vector<std::string> only;  // not empty: it is there for these workloads and runs no other
  std::vector<Finding> findings;
  bool runs_unlocked = false;        // the interpreter lock must be off after all imports
  std::vector<std::string> command;  // with {python} {server} {host} {port} ... still in it
  std::vector<std::pair<std::string, std::string>> variables;  // of its environment
  std::filesystem::path folder;
  Environment environment;

  std::string label() const { return name + "@" + variant; }
  // Why it cannot run on this host; empty when it can.
  const std::string& unavailable() const { return environment.reason; }
  // Why it does not run a workload; empty where nothing speaks against it.
  std::string reason_without(const std::string& workload) const;
  const Finding* finding(const std::string& workload) const;  // or null
  std::vector<std::string> command_for(const std::filesystem::path& server, const std::string& host,
                                       std::uint16_t port) const;
};

// Every variant of every baseline in the checkout, by label.
Result<std::vector<Baseline>> all_baselines(const std::filesystem::path& checkout);

}  // namespace assay::lab
