// A load of a plan: who asks, over how many connections, how often and for how long.
// Plain data, read with its plan.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/lab/plan/toml_file.h"
#include "harness/load/text/rate.h"

namespace assay::lab {

// Who asks: our own generator, by itself or set as oha is; or a document's client, as it was.
enum class Client { native, oha, urllib_pool, keep_alive_threads };
std::string_view text(Client client) noexcept;  // "urllib-pool": as in plans and results

// A share of what the same baseline reaches under another load of the plan.
struct ShareOf {
  double share = 0;
  std::string load;
};

struct Load {
  std::string name;
  std::string title;
  unsigned connections = 1;
  bool keep_alive = true;
  Client client = Client::native;
  std::optional<std::uint64_t> requests = {};         // in all, and no measured time
  std::optional<double> warm_up_s = {};               // else the plan's
  std::optional<double> measure_s = {};               // likewise
  std::vector<std::string> workloads = {};            // of the plan's; empty: all
  std::vector<std::string> baselines = {};            // likewise
  std::optional<double> rate = {};                    // an open loop at so many requests a second
  std::optional<ShareOf> share = {};                  // likewise
  load::Arrivals arrivals = load::Arrivals::poisson;  // of an open loop
  std::optional<double> p99_limit_ms = {};    // the highest rate that keeps it is looked for
  std::optional<unsigned> server_cores = {};  // else as many as the host gives a server
  bool is_of_all_cores = false;               // and how many these are here, `give_all_cores` says

  bool is_open() const { return rate || share || p99_limit_ms; }
};

// The plan's loads; what is wrong with them is a fault of the file.
std::vector<Load> loads_of(TomlTable& root, const std::vector<std::string>& workloads,
                           const std::vector<std::string>& baselines);

}  // namespace assay::lab
