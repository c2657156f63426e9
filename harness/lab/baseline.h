// A baseline as its folder describes it, with one of its variants: `karak@workers-4`.
// Read once at the start of a command; plain data after that.
#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "harness/lab/environment.h"
#include "harness/lab/lab_error.h"

namespace assay::lab {

struct Baseline {
  std::string name;  // of its folder
  std::string variant;
  std::string title;
  std::string variant_title;
  std::string about;
  std::string language;
  std::string model;  // of concurrency, in words
  std::vector<std::string> adapted;
  bool free_threaded = false;        // it must run with the interpreter lock off
  std::vector<std::string> command;  // with {python} {server} {host} {port} still in it
  std::vector<std::pair<std::string, std::string>> variables;  // of its environment
  std::filesystem::path folder;
  Environment environment;

  std::string label() const { return name + "@" + variant; }
  // Why it cannot run on this host; empty when it can.
  const std::string& unavailable() const { return environment.reason; }
  std::vector<std::string> command_for(const std::filesystem::path& server, const std::string& host,
                                       std::uint16_t port) const;
};

// Every variant of every baseline in the checkout, by label.
Result<std::vector<Baseline>> all_baselines(const std::filesystem::path& checkout);

}  // namespace assay::lab
