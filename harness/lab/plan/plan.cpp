#include "harness/lab/plan/plan.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "harness/lab/plan/toml_file.h"
#include "harness/statistics/random_stream.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> load_names(const Plan& plan) {
  std::vector<std::string> names;
  for (const Load& load : plan.loads) names.push_back(load.name);
  return names;
}

// How often and how long.
void read_times(TomlTable& root, Plan& plan) {
  constexpr int most = 1000;
  plan.blocks = static_cast<int>(root.integer("blocks", 1, most));
  plan.most_blocks = plan.blocks;
  if (root.has("most_blocks")) {
    plan.most_blocks = static_cast<int>(root.integer("most_blocks", plan.blocks, most));
  }
  if (root.has("budget_min")) plan.budget_s = root.number("budget_min") * 60;
  plan.warm_up_s = root.seconds("warm_up_s");
  plan.warm_up_most_s =
      root.has("warm_up_most_s") ? root.seconds("warm_up_most_s") : plan.warm_up_s;
  if (plan.warm_up_most_s < plan.warm_up_s) {
    root.fault("warm_up_most_s", "should be no less than warm_up_s");
  }
  plan.measure_s = root.number("measure_s");
}

// What would leave a plan without cells, or count the trials of two cells as one.
void judge_names(TomlTable& root, const Plan& plan) {
  if (plan.workloads.empty()) root.fault("workloads", "is empty");
  if (plan.baselines.empty()) root.fault("baselines", "is empty");
  if (plan.loads.empty()) root.fault("loads", "is empty");
  if (!has(plan.baselines, plan.ours)) root.fault("ours", "is not one of the plan's baselines");
  for (const auto& [key, names] :
       {std::pair("workloads", plan.workloads), std::pair("baselines", plan.baselines),
        std::pair("loads", load_names(plan))}) {
    if (std::set(names.begin(), names.end()).size() < names.size()) {
      root.fault(key, "names one twice");
    }
  }
}

// The element that `key` gives `name` for, or an error that lists all of that kind.
template <class T, class Key>
Result<const T*> find(const std::vector<T>& all, const std::string& name, std::string_view kind,
                      Key key) {
  std::vector<std::string> known;
  for (const T& each : all) {
    if (key(each) == name) return &each;
    known.push_back(key(each));
  }
  return LabError::unknown(kind, name, known);
}

bool is_for(const std::vector<std::string>& picked, const std::string& name) {
  return picked.empty() || has(picked, name);
}

// Under every load on every baseline of the plan. `name` is how the plan names the workload.
std::optional<LabError> add_cells(const Plan& plan, const std::string& name,
                                  const Workload& workload, const std::vector<Baseline>& baselines,
                                  std::vector<Cell>& cells) {
  for (const Load& load : plan.loads) {
    if (!is_for(load.workloads, name)) continue;
    for (const std::string& label : plan.baselines) {
      const auto baseline =
          find(baselines, label, "baseline", [](const Baseline& each) { return each.label(); });
      if (!baseline) return baseline.error();
      if (is_for(load.baselines, label)) cells.push_back({&workload, *baseline, &load});
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> plan_names(const fs::path& checkout) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(checkout / "harness" / "plans")) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<Plan> read_plan(const fs::path& checkout, const std::string& name) {
  const std::vector<std::string> known = plan_names(checkout);
  if (!std::binary_search(known.begin(), known.end(), name)) {
    return LabError::unknown("plan", name, known);
  }
  auto file = TomlFile::read(checkout / "harness" / "plans" / (name + ".toml"));
  if (!file) return file.error();
  TomlTable root = file->root();
  root.only({"title", "document", "table", "blocks", "most_blocks", "budget_min", "warm_up_s",
             "warm_up_most_s", "measure_s", "ours", "twin", "workloads", "baselines", "loads",
             "documented", "fair", "factors", "scalings"});
  Plan plan;
  plan.name = name;
  plan.title = root.text("title");
  plan.document = root.text("document", "");
  plan.table = root.text("table", "");
  read_times(root, plan);
  plan.ours = root.text("ours");
  plan.twin = root.flag("twin", true);
  plan.workloads = root.texts("workloads");
  plan.baselines = root.texts("baselines");
  plan.loads = loads_of(root, plan.workloads, plan.baselines);
  judge_names(root, plan);
  plan.factors = factors_of(root, plan.baselines, load_names(plan));
  plan.scalings = scalings_of(root, plan.baselines, plan.loads);
  if (const auto error = file->error()) return *error;
  return plan;
}

Result<std::vector<const Workload*>> named_workloads(const std::vector<Workload>& workloads,
                                                     const std::string& name) {
  std::vector<const Workload*> found;
  for (const Workload& workload : workloads) {
    if (workload.name == name) return std::vector{&workload};
    if (workload.folder() == name) found.push_back(&workload);
  }
  if (!found.empty()) return found;
  std::vector<std::string> known;
  for (const Workload& workload : workloads) known.push_back(workload.name);
  return LabError::unknown("workload", name, known);
}

Result<std::vector<Cell>> cells_of(const Plan& plan, const std::vector<Workload>& workloads,
                                   const std::vector<Baseline>& baselines) {
  std::vector<Cell> cells;
  for (const std::string& name : plan.workloads) {
    const auto named = named_workloads(workloads, name);
    if (!named) return named.error();
    for (const Workload* workload : *named) {
      if (const auto error = add_cells(plan, name, *workload, baselines, cells)) return *error;
    }
  }
  if (cells.empty()) {
    return LabError::nothing_to_measure(plan.name, "none of its loads is for such a workload");
  }
  return cells;
}

std::vector<std::size_t> order_of(const std::vector<Cell>& cells, std::uint64_t seed, int block) {
  std::vector<std::size_t> order(cells.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  statistics::RandomStream random(seed + static_cast<std::uint64_t>(block) * 0x9E3779B97F4A7C15ULL);
  for (std::size_t left = order.size(); left > 1; --left) {
    std::swap(order[left - 1], order[static_cast<std::size_t>(random.below(left))]);
  }
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t index) { return !cells[index].load->share; });
  return order;
}

}  // namespace assay::lab
