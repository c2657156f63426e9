#include "harness/lab/plan.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>

#include "harness/lab/toml_file.h"
#include "harness/statistics/random_stream.h"

namespace assay::lab {
namespace {

namespace fs = std::filesystem;

constexpr std::array clients{Client::native, Client::oha, Client::urllib_pool,
                             Client::keep_alive_threads};

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Client client_of(TomlTable& table) {
  const std::string name = table.text("client", text(Client::native));
  for (const Client client : clients) {
    if (text(client) == name) return client;
  }
  table.fault("client", "should be native, oha, urllib-pool or keep-alive-threads");
  return Client::native;
}

// What a document's client cannot do; and a load is either of so many requests or of a time.
void judge_load(TomlTable& table, const Load& load) {
  const bool closes = load.client == Client::urllib_pool;
  const bool is_script = closes || load.client == Client::keep_alive_threads;
  if (load.requests && load.measure_s) table.fault("measure_s", "cannot stand beside requests");
  if (load.client != Client::native && load.keep_alive == closes) {
    table.fault("keep_alive", closes ? "should be false: urllib-pool closes every connection"
                                     : "should be true: this client keeps its connections");
  }
  if (is_script && !load.requests) table.fault("requests", "is missing: this client asks N times");
  if (is_script && load.warm_up_s.value_or(0) > 0) {
    table.fault("warm_up_s", "should be 0: this client has no warm-up");
  }
}

// Names that a load picks from those of the plan; without the key, all.
std::vector<std::string> picked(TomlTable& table, std::string_view key,
                                const std::vector<std::string>& planned) {
  if (!table.has(key)) return {};
  std::vector<std::string> names = table.texts(key);
  if (names.empty()) table.fault(key, "is empty");
  for (const std::string& name : names) {
    if (!has(planned, name)) table.fault(key, "names " + name + ", which the plan does not");
  }
  return names;
}

Load load_of(TomlTable& table, const Plan& plan) {
  constexpr std::int64_t most_requests = 100'000'000;
  table.only({"name", "title", "connections", "keep_alive", "client", "requests", "warm_up_s",
              "measure_s", "workloads", "baselines"});
  Load load{table.text("name"), table.text("title"),
            static_cast<unsigned>(table.integer("connections", 1, 10'000)),
            table.flag("keep_alive", true), client_of(table)};
  if (table.has("requests")) {
    load.requests = static_cast<std::uint64_t>(table.integer("requests", 1, most_requests));
  }
  if (table.has("warm_up_s")) load.warm_up_s = table.seconds("warm_up_s");
  if (table.has("measure_s")) load.measure_s = table.number("measure_s");
  load.workloads = picked(table, "workloads", plan.workloads);
  load.baselines = picked(table, "baselines", plan.baselines);
  judge_load(table, load);
  return load;
}

std::vector<Load> loads_of(TomlTable& root, const Plan& plan) {
  std::vector<Load> loads;
  for (TomlTable& table : root.tables("loads")) loads.push_back(load_of(table, plan));
  return loads;
}

// What would leave a plan without cells, or count the trials of two cells as one.
void judge_names(TomlTable& root, const Plan& plan) {
  if (plan.workloads.empty()) root.fault("workloads", "is empty");
  if (plan.baselines.empty()) root.fault("baselines", "is empty");
  if (plan.loads.empty()) root.fault("loads", "is empty");
  if (!has(plan.baselines, plan.ours)) root.fault("ours", "is not one of the plan's baselines");
  std::vector<std::string> loads;
  for (const Load& load : plan.loads) loads.push_back(load.name);
  for (const auto& [key, names] :
       {std::pair("workloads", plan.workloads), std::pair("baselines", plan.baselines),
        std::pair("loads", loads)}) {
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

std::string_view text(Client client) noexcept {
  switch (client) {
    case Client::native: return "native";
    case Client::oha: return "oha";
    case Client::urllib_pool: return "urllib-pool";
    case Client::keep_alive_threads: return "keep-alive-threads";
  }
  return "";
}

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
  root.only({"title", "document", "table", "blocks", "warm_up_s", "measure_s", "ours", "twin",
             "workloads", "baselines", "loads"});
  Plan plan;
  plan.name = name;
  plan.title = root.text("title");
  plan.document = root.text("document", "");
  plan.table = root.text("table", "");
  plan.blocks = static_cast<int>(root.integer("blocks", 1, 1000));
  plan.warm_up_s = root.seconds("warm_up_s");
  plan.measure_s = root.number("measure_s");
  plan.ours = root.text("ours");
  plan.twin = root.flag("twin", true);
  plan.workloads = root.texts("workloads");
  plan.baselines = root.texts("baselines");
  plan.loads = loads_of(root, plan);
  judge_names(root, plan);
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

std::vector<std::size_t> order_of(std::size_t count, std::uint64_t seed, int block) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  statistics::RandomStream random(seed + static_cast<std::uint64_t>(block) * 0x9E3779B97F4A7C15ULL);
  for (std::size_t left = count; left > 1; --left) {
    std::swap(order[left - 1], order[static_cast<std::size_t>(random.below(left))]);
  }
  return order;
}

}  // namespace assay::lab
