// A plan: which cells a table has, how long each is measured, and how often.
// Read once at the start of a run; plain data after that.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/lab/baseline.h"
#include "harness/lab/lab_error.h"
#include "harness/lab/workload.h"

namespace assay::lab {

// Who asks: our own generator, by itself or set as oha is; or a document's client, as it was.
enum class Client { native, oha, urllib_pool, keep_alive_threads };
std::string_view text(Client client) noexcept;  // "urllib-pool": as in plans and results

struct Load {
  std::string name;
  std::string title;
  unsigned connections = 1;
  bool keep_alive = true;
  Client client = Client::native;
  std::optional<std::uint64_t> requests = {};  // in all, and no measured time
  std::optional<double> warm_up_s = {};        // else the plan's
  std::optional<double> measure_s = {};        // likewise
  std::vector<std::string> workloads = {};     // of the plan's; empty: all
  std::vector<std::string> baselines = {};     // likewise
};

struct Plan {
  std::string name;  // of its file
  std::string title;
  std::string document;  // whose table it stands beside; may be empty
  std::string table;
  int blocks = 1;
  double warm_up_s = 0;
  double measure_s = 1;
  std::string ours;                    // the label that the others are compared with
  bool twin = true;                    // measure it twice
  std::vector<std::string> workloads;  // names, also of folders
  std::vector<std::string> baselines;  // labels
  std::vector<Load> loads;
};

struct Cell {
  const Workload* workload;
  const Baseline* baseline;
  const Load* load;
  bool is_twin =
      false;  // the plan's own once more: what differs between the two is the host's noise
};

std::vector<std::string> plan_names(const std::filesystem::path& checkout);
Result<Plan> read_plan(const std::filesystem::path& checkout, const std::string& name);

// The workload of that name; where it has none of its own, the folder's variants.
Result<std::vector<const Workload*>> named_workloads(const std::vector<Workload>& workloads,
                                                     const std::string& name);

// Every workload under every load on every baseline, as far as a load is for them; a name that does
// not exist is an error, and so is a plan without cells. They point into the three arguments.
Result<std::vector<Cell>> cells_of(const Plan& plan, const std::vector<Workload>& workloads,
                                   const std::vector<Baseline>& baselines);

// The order in which block `block` visits `count` cells: a seeded shuffle, the same on every
// system.
std::vector<std::size_t> order_of(std::size_t count, std::uint64_t seed, int block);

}  // namespace assay::lab
