// A workload.toml as its test replays it: requests with their random numbers drawn, and what must
// be answered to each. For tests. Throws std::runtime_error where the file is not as it should be.
#pragma once
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace assay::workloads {

// As it is written: {random:1:10} in path and body, {1} and {digits} in texts.
struct Exchange {
  std::string method;
  std::string path;
  std::string type;
  std::string body;
  std::vector<std::int64_t> statuses;
  std::string reply_type;          // empty: any
  std::vector<std::string> texts;  // one of these; none: any
  bool is_echo = false;            // the reply is the request's own body
};

// What one server is asked, from its start on.
struct Variant {
  std::string name;  // cpu, cpu@calibrated
  std::vector<Exchange> exchanges;
};

std::vector<Variant> variants_of(const std::filesystem::path& folder);
// Of every folder that has a workload.toml, in the order of their names.
std::vector<Variant> all_variants(const std::filesystem::path& workloads);

// The same with numbers in place of {random:...}, and those in place of {1} and its like.
Exchange drawn(const Exchange& exchange, std::mt19937_64& random);

// Whether `text` is `pattern`, where each {digits} stands for one digit or more.
bool is_like(std::string_view text, std::string_view pattern);

}  // namespace assay::workloads
