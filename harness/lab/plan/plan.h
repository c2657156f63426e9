// A plan: which cells a table has, how long each is measured, and how often.
// Read once at the start of a run; plain data after that.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/lab_error.h"
#include "harness/lab/plan/baseline.h"
#include "harness/lab/plan/factor.h"
#include "harness/lab/plan/load_level.h"
#include "harness/lab/plan/scaling.h"
#include "harness/lab/plan/workload.h"

namespace assay::lab {

struct Plan {
  std::string name;  // of its file
  std::string title;
  std::string document;  // whose table it stands beside; may be empty
  std::string table;
  int blocks = 1;                  // at least, but where the budget ends first
  int most_blocks = 1;             // more than `blocks`: goes on while a figure is not precise
  std::optional<double> budget_s;  // no block is begun that would end later
  double warm_up_s = 0;
  double warm_up_most_s = 0;  // more than `warm_up_s`: goes on while a load is not steady
  double measure_s = 1;
  std::string ours;                    // the label that the others are compared with
  bool twin = true;                    // measure it twice
  std::vector<std::string> workloads;  // names, also of folders
  std::vector<std::string> baselines;  // labels
  std::vector<Load> loads;
  std::vector<Factor> factors;
  std::vector<Scaling> scalings;
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

// The order in which block `block` visits the cells: a seeded shuffle, the same on every system.
// A load that takes a share of another's rate comes after those that do not.
std::vector<std::size_t> order_of(const std::vector<Cell>& cells, std::uint64_t seed, int block);

}  // namespace assay::lab
