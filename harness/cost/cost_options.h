// The command line of server_cost. Prints nothing: what to say comes back with the options.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/cost/contender.h"
#include "harness/cost/shape.h"

namespace assay::cost {

struct CostOptions {
  std::string floor = "build/bin/assay-floor";
  std::string reference =
      "build/release/benches/assay-fixed-server --port 0 --workers {workers} --model loop";
  std::string built = "build/bin/assay-server --port 0 --workers 1 --model loop";  // may be empty
  std::string path = "/json";
  std::vector<Row> rows;
  std::vector<Contender> servers;
  std::vector<std::string> rivals;
  std::string rival_sources = "harness/cost/rivals";
  std::string rival_builds = "build/rivals";
  std::uint64_t rounds = 9;
  double seconds = 0.5;
  std::uint64_t seed = 1;
  std::uint64_t idle = 0;  // connections; 0: not measured
  bool scaling = false;
  bool json = false;
};

// The options, or, when there is nothing to do, what to say: help (0) or what is wrong (2).
struct ParsedCostOptions {
  std::optional<CostOptions> options;
  int exit_status = 0;
  std::string text;
};

// Sockets that a run with these options has open at once.
std::size_t sockets_of(const CostOptions& options);

ParsedCostOptions cost_options(int argc, const char* const* argv);

}  // namespace assay::cost
